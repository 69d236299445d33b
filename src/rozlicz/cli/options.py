"""Options that several commands share: the same name, the same words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from rozlicz.cli.context import say

JsonOption = Annotated[bool, typer.Option("--json", help=say("dla programów", "for programs"))]
ReportArgument = Annotated[
    Path,
    typer.Argument(
        metavar=say("RAPORT.swx", "REPORT.swx"),
        help=say("plik raportu (SWIAD)", "the report's file (SWIAD)"),
    ),
]
SentOnOption = Annotated[
    datetime | None,
    typer.Option(
        "--received-on",
        formats=["%Y-%m-%d"],
        show_default=False,
        help=say("dzień wysłania, domyślnie dziś", "day of sending, today if not given"),
    ),
]
