"""The portal's texts in Polish and English: extracted, compared and compiled by Babel, without system tools.

The code holds English texts; `locale/<language>/LC_MESSAGES/django.po` the translations, in alphabetical order
and without line numbers or times, so that two people's additions rarely touch the same lines. Compiled files
(`.mo`) are made when they are missing or older, and never committed.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PORTAL = Path(__file__).parents[1]
LANGUAGES = ("pl", "en")
PLURALS = {
    # Word for word as in Django's own catalogues: texts of both come out of one rule. The fourth Polish form
    # is for fractions.
    "pl": "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : n!=1 && "
    "(n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);",
    "en": "nplurals=2; plural=(n != 1);",
}
KEYWORDS = {
    f"{name}{kind}": positions
    for name, positions in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for kind in ("", "_lazy", "_noop")
} | {"_": None}


def catalogue_file(language: str) -> Path:
    """The `.po` file of a language; the compiled file lies beside it."""
    return PORTAL / "locale" / language / "LC_MESSAGES" / "django.po"


def extracted() -> Catalog:
    """Every translatable text of the portal's Python files and templates, untranslated."""
    found = Catalog()
    for path in sorted(PORTAL.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "locale" not in path.parts:
            place = path.relative_to(PORTAL).as_posix()
            for text, comments, context in _texts(path):
                found.add(text, locations=[(place, 0)], auto_comments=comments, context=context)
    return found


def _texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is not a text becomes rows of X; their indentation means nothing and would not parse.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).split("\n"))
    code = BytesIO(source.encode())
    for _, text, comments, context in extract(
        "python", code, KEYWORDS, ("Translators:",), {"encoding": "utf-8"}, True
    ):
        yield text, comments, context


def translated(language: str) -> Catalog:
    """The catalogue of a language as it stands in its file; empty when there is none."""
    try:
        with catalogue_file(language).open("rb") as file:
            found: Catalog = read_po(file, locale=language)
            return found
    except FileNotFoundError:
        return Catalog(locale=language)


def update(language: str) -> None:
    """Bring the `.po` file to the texts now in use: new ones empty (English: as they are), unused ones dropped."""
    before = translated(language)
    now = Catalog(locale=language)
    now.mime_headers = [("Plural-Forms", PLURALS[language])]  # Babel's own Polish has one form fewer
    for message in _without_header(extracted()):
        old = before.get(message.id, context=message.context)
        text = old.string if old is not None else ""
        if language == "en":
            text = message.id
        now.add(
            message.id,
            text,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old is not None else (),
            context=message.context,
        )
    _write(language, now)


def _write(language: str, catalogue: Catalog) -> None:
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    body = BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    path = catalogue_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header.encode() + body.getvalue())


def faults(language: str) -> list[str]:
    """What is wrong with a language's catalogue, one sentence each: missing, unused, doubtful or broken texts."""
    used, known = extracted(), translated(language)
    forms = int(PLURALS[language].removeprefix("nplurals=")[0])
    found = []
    for message in _without_header(used):
        translation = known.get(message.id, context=message.context)
        if translation is None or translation.fuzzy or not _is_complete(translation, forms):
            where = message.locations[0][0] if message.locations else "?"
            found.append(f"{language}: no translation of {message.id!r} ({where})")
        else:
            found += [f"{language}: {message.id!r}: {error}" for error in translation.check(known)]
    for message in _without_header(known):
        if used.get(message.id, context=message.context) is None:
            found.append(f"{language}: {message.id!r} is no longer used")
    return found


def _is_complete(message: Message, forms: int) -> bool:
    if not message.pluralizable:
        return bool(message.string)
    return isinstance(message.string, tuple) and len(message.string) == forms and all(message.string)


def _without_header(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def compile_stale() -> list[Path]:
    """Compile the catalogues whose `.mo` file is missing or older than its `.po` file; returns what was written."""
    written = []
    for language in LANGUAGES:
        source = catalogue_file(language)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # Several processes may compile at once: each writes its own draft and puts it in place whole.
        draft = target.with_name(f".{os.getpid()}.mo")
        with draft.open("wb") as file:
            write_mo(file, translated(language))
        draft.replace(target)
        written.append(target)
    return written
