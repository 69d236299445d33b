"""Why a declaration does not count for a month, as the sentences that the reply W_DEKL carries."""

from __future__ import annotations

from datetime import date

from rozlicz.kernel.texts import Text
from rozlicz.messages.declaration_replies import UnrecognisedDeclaration, UnrecognisedReason
from rozlicz.messages.declarations import Declaration, ReportedDeclaration
from rozlicz.messages.replies import ReplyFinding
from rozlicz.settlement.capitation.parameters import TERMS_OF_CAPITATION


def unrecognised(
    reported: ReportedDeclaration,
    declaration: Declaration,
    reason: UnrecognisedReason,
    *,
    on: date,
    since: date | None = None,
    text: Text | None = None,
) -> UnrecognisedDeclaration:
    """A declaration that does not count on a day, with one finding; `text` replaces the reason's own sentence."""
    said, remedy = _SENTENCES[reason]
    values = {
        "id": declaration.id,
        "day": on,
        "made_on": declaration.made_on,
        "since": since or on,
        "ends_on": declaration.ends_on or on,
        "place": declaration.place,
    }
    return UnrecognisedDeclaration(
        category=reported.of.category,
        id=declaration.id,
        line=reported.line,
        reason=reason,
        since=since,
        findings=(
            ReplyFinding(
                code=f"dekl-{reason.name.lower().replace('_', '-')}",
                severity="error",
                message=(text or said).filled(**values),
                basis=TERMS_OF_CAPITATION.reference,
                remedy=remedy,
            ),
        ),
    )


ENDED = Text(
    pl="Deklaracja {id} przestała obowiązywać {ends_on}, przed dniem liczenia {day}.",
    en="Declaration {id} ceased to hold on {ends_on}, before the day of the count, {day}.",
)
NO_BIRTH_DAY = Text(
    pl="Deklaracja {id}: nie wiadomo, w której grupie wiekowej liczyć osobę na {day}: brak daty urodzenia albo jest "
    "późniejsza.",
    en="Declaration {id}: in which group the person counts on {day} is not known: no day of birth, or a later one.",
)
NO_GROUP = Text(
    pl="Deklaracja {id}: umowa nie ma na {day} grupy dla osoby w tym wieku.",
    en="Declaration {id}: on {day} the contract has no group for a person of that age.",
)

_SEE_THE_LIST = Text(
    pl="Usuń deklarację z listy albo popraw ją i wyślij listę w wyższej wersji.",
    en="Take the declaration off the list, or correct it, and send the list in a higher version.",
)

_SENTENCES: dict[UnrecognisedReason, tuple[Text, Text]] = {
    UnrecognisedReason.UNKNOWN_PERSON: (
        Text(
            pl="Deklaracja {id}: Fundusz nie zna osoby o tym identyfikatorze.",
            en="Declaration {id}: the Fund knows nobody by this identifier.",
        ),
        Text(
            pl="Sprawdź identyfikator z dokumentem osoby i wyślij listę w wyższej wersji.",
            en="Check the identifier against the person's document and send the list in a higher version.",
        ),
    ),
    UnrecognisedReason.DIED: (
        Text(
            pl="Deklaracja {id}: osoba zmarła {since}, przed dniem liczenia {day}.",
            en="Declaration {id}: the person died on {since}, before the day of the count, {day}.",
        ),
        _SEE_THE_LIST,
    ),
    UnrecognisedReason.NO_RIGHT: (
        Text(
            pl="Deklaracja {id}: osoba nie miała prawa do świadczeń w dniu {day}.",
            en="Declaration {id}: the person had no right to services on {day}.",
        ),
        Text(
            pl="Poproś osobę o potwierdzenie prawa; gdy istniało w tym dniu, wyślij listę w wyższej wersji.",
            en="Ask the person to confirm the right; if it existed on that day, send the list in a higher version.",
        ),
    ),
    UnrecognisedReason.NEWER_CHOICE: (
        Text(
            pl="Deklaracja {id}: osoba wybrała innego świadczeniodawcę {since}.",
            en="Declaration {id}: the person chose another provider on {since}.",
        ),
        _SEE_THE_LIST,
    ),
    UnrecognisedReason.REPEATED: (
        Text(
            pl="Deklaracja {id}: osoba ma na listach tej kategorii nowszą deklarację.",
            en="Declaration {id}: the person has a newer declaration on the lists of this category.",
        ),
        _SEE_THE_LIST,
    ),
    UnrecognisedReason.TOO_LATE: (
        Text(
            pl="Deklaracja {id} z {made_on} jest późniejsza niż dzień liczenia {day}; liczy się od następnego.",
            en="Declaration {id} of {made_on} is later than the day of the count, {day}; it counts from the next.",
        ),
        Text(pl="Nie trzeba nic robić.", en="Nothing needs to be done."),
    ),
    UnrecognisedReason.NOT_IN_CONTRACT: (
        Text(
            pl="Deklaracja {id}: umowa nie obejmuje miejsca {place} albo świadczeń tej listy w dniu {day}.",
            en="Declaration {id}: the contract has no place {place}, or no services of this list, on {day}.",
        ),
        Text(
            pl="Popraw kod miejsca albo poproś oddział o aneks.",
            en="Correct the code of the place, or ask the branch for an annex.",
        ),
    ),
    UnrecognisedReason.OTHER: (
        Text(pl="Deklaracja {id} nie liczy się na {day}.", en="Declaration {id} does not count on {day}."),
        _SEE_THE_LIST,
    ),
}
