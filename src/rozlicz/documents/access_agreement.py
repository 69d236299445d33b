"""The agreement by which the branch authorises a party to use the portal (umowa upoważniająca), as sections to print.

The Fund's own template (annex 2 to Zarządzenie 45/2009/DSOZ) was not seen; the words here are this portal's.
What they must hold was: registration on the net, then the signed form and agreement, then activation by the branch;
at least one administrator; the regulations as part of it; a scan is followed by the paper within 14 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rozlicz.documents.printouts.paper import Section
from rozlicz.kernel.texts import Language, Text, format_day

DAYS_FOR_THE_PAPER = 14
"""Days after a scan within which the signed paper must arrive."""

_DOTS = "…" * 10
_BLANKS = {
    "party": Text(pl=_DOTS + " (nazwa podmiotu)", en=_DOTS + " (name of the party)"),
    "address": Text(pl="z siedzibą: " + _DOTS + " (adres)", en="seat: " + _DOTS + " (address)"),
    "identifiers": Text(pl="NIP " + _DOTS + ", REGON " + _DOTS, en="NIP " + _DOTS + ", REGON " + _DOTS),
    "version": Text(pl=_DOTS + " (data wersji)", en=_DOTS + " (date of the version)"),
}
"""What is written by hand where the template is taken empty: dots, and what belongs on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementParties:
    """Who concludes it. What is empty is printed as a named blank, as in the template that anybody may take."""

    branch: str
    party: str = ""
    address: str = ""
    identifiers: str = ""
    regulations_of: date | None = None


def agreement_sections(parties: AgreementParties, *, language: Language) -> list[Section]:
    """The agreement: who concludes it, and its paragraphs as numbered steps."""
    version = parties.regulations_of
    blanks = {name: blank.in_language(language) for name, blank in _BLANKS.items()}
    values = {
        "branch": parties.branch,
        "party": parties.party or blanks["party"],
        "address": parties.address or blanks["address"],
        "identifiers": parties.identifiers or blanks["identifiers"],
        "version": format_day(version, language) if version else blanks["version"],
        "days": DAYS_FOR_THE_PAPER,
    }
    return [
        Section(
            heading=_TITLE.in_language(language),
            paragraphs=[one.filled(**values).in_language(language) for one in _BETWEEN],
            steps=[one.filled(**values).in_language(language) for one in _PARAGRAPHS],
        )
    ]


_TITLE = Text(
    pl="Umowa upoważniająca do korzystania z Portalu Świadczeniodawcy",
    en="Agreement authorising the use of the provider portal",
)

_BETWEEN = (
    Text(
        pl="Umowa zawarta między Narodowym Funduszem Zdrowia – {branch}, zwanym dalej Oddziałem, a podmiotem:"
        " {party}, {address}, {identifiers}, zwanym dalej Podmiotem.",
        en="Concluded between the National Health Fund – {branch}, called the Branch, and the party: {party},"
        " {address}, {identifiers}, called the Party.",
    ),
)

_PARAGRAPHS = (
    Text(
        pl="Oddział upoważnia Podmiot do korzystania z portalu w celu wymiany danych i dokumentów związanych z"
        " umowami zawartymi z Narodowym Funduszem Zdrowia lub z ich wykonywaniem na rzecz innego podmiotu.",
        en="The Branch authorises the Party to use the portal to exchange data and documents about contracts with the"
        " National Health Fund, or about carrying them out for another party.",
    ),
    Text(
        pl="Zasady korzystania określa Regulamin portalu w wersji z dnia {version}, który jest częścią umowy. Podmiot"
        " oświadcza, że się z nim zapoznał i go akceptuje.",
        en="The rules of use are set by the portal's regulations in their version of {version}, which are part of"
        " this agreement. The Party states that it has read and accepts them.",
    ),
    Text(
        pl="Po przyjęciu rejestracji Oddział nadaje Podmiotowi sześciocyfrowy kod i uruchamia konto pierwszego"
        " administratora. Pierwsze hasło jest tymczasowe; administrator zmienia je przy pierwszym logowaniu.",
        en="When the registration is accepted, the Branch gives the Party a six-digit code and opens the account of"
        " the first administrator. The first password is temporary; the administrator changes it at the first"
        " log-in.",
    ),
    Text(
        pl="Podmiot wyznacza co najmniej jednego administratora, który dodaje kolejnych użytkowników i nadaje"
        " im uprawnienia. Każdy użytkownik ma własne konto i nie udostępnia go innym osobom.",
        en="The Party names at least one administrator, who adds further operators and gives them rights. Each"
        " operator has an account of its own and shares it with nobody.",
    ),
    Text(
        pl="Czynności wykonane po zalogowaniu uważa się za czynności Podmiotu. Podmiot niezwłocznie blokuje konta"
        " osób, które przestały dla niego pracować, i zawiadamia Oddział o podejrzeniu, że ktoś poznał hasło.",
        en="What is done after log-in counts as done by the Party. The Party blocks at once the accounts of persons"
        " who no longer work for it, and tells the Branch when it suspects that somebody has learnt a password.",
    ),
    Text(
        pl="Strony chronią dane osobowe przetwarzane w portalu zgodnie z rozporządzeniem (UE) 2016/679 (RODO).",
        en="Both sides protect personal data in the portal under Regulation (EU) 2016/679 (GDPR).",
    ),
    Text(
        pl="Umowę podpisuje osoba uprawniona do reprezentowania Podmiotu: podpisem elektronicznym w formacie PAdES"
        " albo odręcznie. Jeżeli przesłano skan, oryginał musi wpłynąć do Oddziału w ciągu {days} dni od jego"
        " przesłania; w przeciwnym razie konto jest zawieszane do dnia wpływu oryginału.",
        en="The agreement is signed by who may represent the Party: electronically as PAdES, or by hand. Where a scan"
        " was sent, the original must reach the Branch within {days} days after it; otherwise the account is"
        " suspended until the original arrives.",
    ),
    Text(
        pl="Umowa obowiązuje od dnia przyjęcia rejestracji przez Oddział, na czas nieokreślony. Każda ze stron może"
        " ją wypowiedzieć na piśmie.",
        en="The agreement is in force from the day on which the Branch accepts the registration, for an indefinite"
        " time. Either side may end it in writing.",
    ),
)
