"""Help pages in the language of the commands: use, what the command does, arguments, options, commands, example."""

from __future__ import annotations

import inspect
from typing import Any

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from rozlicz.cli.context import said, say
from rozlicz.cli.shown import printed
from rozlicz.cli.words import form_in_words
from rozlicz.kernel.texts import Text

_NAMES_WIDTH = 36

_VALUES = {
    "int": Text(pl="LICZBA", en="NUMBER"),
    "float": Text(pl="LICZBA", en="NUMBER"),
    "str": Text(pl="TEKST", en="TEXT"),
    "list[str]": Text(pl="TEKST", en="TEXT"),
    "path": Text(pl="PLIK", en="FILE"),
    "list[path]": Text(pl="PLIK", en="FILE"),
    "file": Text(pl="PLIK", en="FILE"),
    "directory": Text(pl="KATALOG", en="FOLDER"),
}
"""What is written after an option that does not say it itself."""


class HouseCommand(TyperCommand):
    """A command whose help page is ours. Its context and formatter are Typer's own."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page instead of Typer's English one."""
        formatter.write(printed(_page(self, ctx)))


class HouseGroup(TyperGroup):
    """A group of commands whose help page is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page instead of Typer's English one."""
        formatter.write(printed(_page(self, ctx)))


def in_house_words(app: typer.Typer) -> typer.Typer:
    """The same tree of commands with our help pages; a group that brings its own page keeps it."""
    if not (isinstance(app.info.cls, type) and issubclass(app.info.cls, HouseGroup)):
        app.info.cls = HouseGroup
    for command in app.registered_commands:
        command.cls = HouseCommand
    for group in app.registered_groups:
        if group.typer_instance is not None:
            in_house_words(group.typer_instance)
    return app


def _page(command: TyperCommand | TyperGroup, ctx: Any) -> RenderableType:
    parts: list[RenderableType] = [_usage(command, ctx)]
    about, _, more = inspect.cleandoc(command.help or "").partition("\n\n")
    if about:
        parts += [Line(), Line(about)]
    if more:
        parts += [Line(), Line(more)]
    parameters = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    arguments = [(_argument_name(one), _about(one)) for one in parameters if isinstance(one, TyperArgument)]
    options = [(_option_names(one, ctx), _about(one)) for one in parameters if isinstance(one, TyperOption)]
    parts += _section(say("Argumenty", "Arguments"), arguments)
    parts += _section(say("Opcje", "Options"), options)
    if isinstance(command, TyperGroup):
        parts += _section(say("Polecenia", "Commands"), _commands(command, ctx))
    if command.epilog:
        example = Padding(Line(inspect.cleandoc(command.epilog)), (0, 0, 0, 2))
        parts += [Line(), Line(say("Przykład:", "Example:"), style="bold"), example]
    return Group(*parts)


def _usage(command: TyperCommand | TyperGroup, ctx: Any) -> Line:
    pieces = [ctx.command_path]
    parameters = command.get_params(ctx)
    pieces += [
        f"{'/'.join(one.opts)} {_value(one, ctx)}"
        for one in parameters
        if isinstance(one, TyperOption) and one.required
    ]
    if any(isinstance(one, TyperOption) and not one.required for one in parameters):
        pieces.append(say("[OPCJE]", "[OPTIONS]"))
    for one in parameters:
        if isinstance(one, TyperArgument):
            name = _argument_name(one)
            pieces.append(name if one.required else f"[{name}]")
    if isinstance(command, TyperGroup):
        pieces.append(say("POLECENIE …", "COMMAND …"))
    line = Line(say("Użycie: ", "Usage: "), style="bold")
    return line.append(" ".join(pieces), style="not bold")


def _section(title: str, rows: list[tuple[str, str]]) -> list[RenderableType]:
    if not rows:
        return []
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan", max_width=_NAMES_WIDTH)
    table.add_column()
    for names, about in rows:
        table.add_row(Line(names), Line(about))
    return [Line(), Line(f"{title}:", style="bold"), Padding(table, (0, 0, 0, 2))]


def _commands(group: TyperGroup, ctx: Any) -> list[tuple[str, str]]:
    found = ((name, group.get_command(ctx, name)) for name in group.list_commands(ctx))
    return [(name, _first_line(one.help or "")) for name, one in found if one is not None and not one.hidden]


def _first_line(text: str) -> str:
    return inspect.cleandoc(text).partition("\n")[0]


def _argument_name(argument: TyperArgument) -> str:
    name = argument.metavar or argument.name.upper()
    return f"{name} …" if argument.nargs == -1 else name


def _option_names(option: TyperOption, ctx: Any) -> str:
    names = " / ".join([", ".join(option.opts), *option.secondary_opts])
    value = _value(option, ctx)
    return f"{names} {value}" if value else names


def _value(option: TyperOption, ctx: Any) -> str:
    """What is written after an option; nothing after a switch."""
    if option.is_flag or option.name == "help":
        return ""
    if option.metavar:
        return option.metavar
    kind = option.display_type(ctx).strip("<>").removesuffix(" range")
    known = _VALUES.get(kind)
    return said(known) if known else said(form_in_words(kind))


def _about(parameter: TyperArgument | TyperOption) -> str:
    """The help of an argument or option, and whether it must be given or what it is otherwise."""
    if parameter.name == "help" and isinstance(parameter, TyperOption):
        return say("ta pomoc", "this help")
    help_text = parameter.help or ""
    notes = []
    if isinstance(parameter, TyperOption) and parameter.required:
        notes.append(say("wymagana", "required"))
    if parameter.nargs == 1 and getattr(parameter, "multiple", False):
        notes.append(say("można podać kilka razy", "may be given several times"))
    default = parameter.default
    if parameter.show_default and isinstance(default, str | int | float) and default not in (False, ""):
        notes.append(say(f"domyślnie {default}", f"otherwise {default}"))
    return f"{help_text} ({'; '.join(notes)})" if notes else help_text
