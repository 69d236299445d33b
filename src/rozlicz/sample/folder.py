"""The demonstration branch as a folder of files, each as the portal or a provider's program would have it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from rozlicz.documents.issuer_file import IssuerFile, issuer_file_text
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract
from rozlicz.messages.header import new_header
from rozlicz.messages.umx import write_umx
from rozlicz.sample.branch import SampleBranch, SampleProvider
from rozlicz.sample.corrections import CorrectionShares, write_corrections
from rozlicz.sample.dice import Dice
from rozlicz.sample.faults.catalogue import meanings
from rozlicz.sample.offers import Offers, planned_positions
from rozlicz.sample.patients import Shares
from rozlicz.sample.reports import every_kind, possible_kinds, write_report

NOTICE = """\
Dane w tym katalogu są zmyślone.
Świadczeniodawcy, umowy i pacjenci nie istnieją; numery mają prawidłową budowę i cyfry kontrolne, ale nie pochodzą
z żadnego wykazu, a ewentualne podobieństwo jest przypadkowe. Kody i ceny nie są cytatem z dokumentów NFZ.

The data in this folder are invented.
Providers, contracts and patients do not exist; numbers are well formed and have right check digits, but come from no
list, and a likeness would be chance. Codes and prices do not quote the Fund's documents.
"""

REPORT_NAME = "raport-{month}.swx"
CORRECTION_NAME = "raport-{month}-korekta.swx"
_CORRECTION_SHARES = CorrectionShares(put_right=0.8, changed=0.02, deleted=0.01)
_NO_SHARES = Shares()
_PERFORMED_OF_PLAN = (92, 118)
"""How much of its plan a provider does in a month, in per cent, when no size is asked for."""

Told = Callable[[str, int, int], None]
"""Told the provider's folder and month at work, positions written of it, and how many it will have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the reports are to be like.

    `positions` of each report; None: about what the plan of the month allows. `errors`: a share spread over every
    kind of mistake that is possible, or shares by kind. `only`: kinds or codes of providers, empty for all.
    """

    months: tuple[Month, ...]
    positions: int | None = None
    errors: float | Mapping[str, float] = 0.0
    shares: Shares = _NO_SHARES
    corrections: bool = False
    flat: bool = True
    zipped: bool = True
    only: frozenset[str] = field(default_factory=frozenset)


def write_folder(
    target: Path,
    branch: SampleBranch,
    wishes: Wishes,
    *,
    generated_at: datetime,
    generation: int,
    told: Told | None = None,
) -> tuple[Path, ...]:
    """Write contracts, issuer, reports, flat files and expectations of each provider; returns the files.

    `generation` is that of each provider's first report; the others follow. `generated_at`: naive Warsaw time.
    Raises NotPlantable when a kind of mistake asked for by name cannot be made.
    """
    target.mkdir(parents=True, exist_ok=True)
    notice = target / "CZYTAJ.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    files = [notice]
    for provider in branch.providers:
        if wishes.only and not wishes.only & {provider.kind, provider.party.code}:
            continue
        folder = target / folder_name(provider)
        folder.mkdir(exist_ok=True)
        files += _write_contracts(folder, branch, provider, generated_at)
        files.append(_write_issuer(folder, provider))
        work = _Work(
            branch=branch,
            provider=provider,
            folder=folder,
            wishes=wishes,
            generated_at=generated_at,
            told=told,
        )
        numbers = iter(range(generation, generation + 2 * len(wishes.months)))
        for month in wishes.months:
            files += work.reports(month, numbers)
    return tuple(files)


def folder_name(provider: SampleProvider) -> str:
    """`050101-hospital`."""
    return f"{provider.party.code}-{provider.kind}"


def umx_name(contract: Contract) -> str:
    """`umowa-AOS-01-2026-aneks-1.umx`: the last three parts of the code, and the annex."""
    parts = contract.code.split("/")[-3:]
    annex = f"-aneks-{contract.annex}" if contract.annex else ""
    return f"umowa-{'-'.join(parts)}{annex}.umx"


def usual_size(provider: SampleProvider, month: Month, seed: int) -> int:
    """About how many positions fulfil the plan of a month, a little less or more; 0 for nothing to report."""
    offers = Offers(provider.contracts_in(month), month)
    needed = sum(planned_positions(offers).values())
    per_cent = Dice("size", seed, provider.party.code, month).between(*_PERFORMED_OF_PLAN)
    return round(needed * per_cent / 100)


def _write_contracts(
    folder: Path, branch: SampleBranch, provider: SampleProvider, generated_at: datetime
) -> Iterator[Path]:
    for number, contract in enumerate(provider.contracts, start=1):
        path = folder / umx_name(contract)
        header = new_header(
            kind="UMX",
            receiver=provider.party.code,
            sender=branch.code,
            generation=number,
            generated_at=generated_at,
        )
        write_umx(contract, header=header, target=path, zipped=True)
        yield path


def _write_issuer(folder: Path, provider: SampleProvider) -> Path:
    """One file for bills and reports: who issues, to which account, from which installation."""
    path = folder / "wystawca.toml"
    issuer = IssuerFile(
        party=provider.party,
        bank_account=provider.bank_account,
        vat_exemption=provider.vat_exemption,
        installation=provider.installation.long,
    )
    path.write_text(issuer_file_text(issuer), encoding="utf-8")
    return path


class _Work:
    """The reports of one provider."""

    def __init__(
        self,
        *,
        branch: SampleBranch,
        provider: SampleProvider,
        folder: Path,
        wishes: Wishes,
        generated_at: datetime,
        told: Told | None,
    ) -> None:
        self._seed = branch.seed
        self._provider = provider
        self._folder = folder
        self._wishes = wishes
        self._generated_at = generated_at
        self._told = told

    def reports(self, month: Month, numbers: Iterator[int]) -> Iterator[Path]:
        """The report of a month with its expectation, and the later one that corrects it when asked for."""
        wishes = self._wishes
        size = usual_size(self._provider, month, self._seed)
        if not size:
            return
        made_of = self._made_of(month, size if wishes.positions is None else wishes.positions)
        sent: dict[str, Any] = {
            "installation": self._provider.installation,
            "generated_at": self._generated_at,
            "zipped": wishes.zipped,
            "progress": self._progress(month, made_of["positions"]),
        }
        path = self._folder / REPORT_NAME.format(month=month)
        with ExitStack() as stack:
            flat = stack.enter_context(_text(path.with_suffix(".csv"))) if wishes.flat else None
            first = write_report(path, **made_of, **sent, generation=next(numbers), csv_target=flat)
        yield from (path, path.with_suffix(".csv")) if wishes.flat else (path,)
        yield _write_json(path, first.to_json())
        if wishes.corrections:
            path = self._folder / CORRECTION_NAME.format(month=month)
            second = write_corrections(
                path,
                **made_of,
                **sent,
                generation=next(numbers),
                first_generated_on=self._generated_at.date(),
                corrections=_CORRECTION_SHARES,
            )
            yield path
            yield _write_json(path, second.to_json())

    def _made_of(self, month: Month, positions: int) -> dict[str, Any]:
        contracts = self._provider.contracts_in(month)
        errors = self._wishes.errors
        if not isinstance(errors, Mapping):
            # Kinds beyond the number of positions they may be on would each be planted once all the same.
            kinds = possible_kinds(contracts, month, self._generated_at.date())
            errors = every_kind(errors, _as_many(kinds, round(errors * positions), self._seed))
        return {
            "contracts": contracts,
            "month": month,
            "positions": positions,
            "seed": self._seed,
            "errors": errors,
            "shares": self._wishes.shares,
        }

    def _progress(self, month: Month, positions: int) -> Callable[[int], None] | None:
        told = self._told
        if told is None:
            return None
        name = f"{folder_name(self._provider)} {month}"
        return lambda done: told(name, done, positions)


def _as_many(kinds: tuple[str, ...], count: int, seed: int) -> tuple[str, ...]:
    """As many of the kinds as there are positions for, drawn by the seed; at least one."""
    dice = Dice("kinds", seed)
    drawn = sorted(kinds, key=lambda _: dice.random())
    return tuple(drawn[: max(1, count)])


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _write_json(report: Path, expected: dict[str, object]) -> Path:
    path = report.with_name(f"{report.stem}.oczekiwane.json")
    words = {kind: meaning.to_json() for kind, meaning in meanings().items() if kind in _planted(expected)}
    text = json.dumps(expected | {"meaning_of_mistakes": words}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _planted(expected: dict[str, object]) -> frozenset[str]:
    planted = expected["planted"]
    return frozenset(planted) if isinstance(planted, dict) else frozenset()
