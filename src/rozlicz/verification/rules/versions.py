"""The same thing twice, corrections and deletions: inside the report, and against what was reported before."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.texts import Text
from rozlicz.verification import bases, forms
from rozlicz.verification.masking import shown_column
from rozlicz.verification.rule import AppliesTo, Circumstances, Offending, Severity, offending, rule

_POSITION_COLUMNS = ("position", "scope", "product", "actual_multiplicity", "multiplicity", "coefficients")


@rule(
    code="59908001",
    name=Text(pl="Powtórzenie w raporcie", en="Repetition in the report"),
    message=Text(
        pl="Świadczenie {service} w wersji {version} powtarza pozycję nr {first} tego raportu.",
        en="Service {service} in version {version} repeats position no. {first} of this report.",
    ),
    remedy=Text(
        pl="Usuń powtórzenie z raportu: świadczenie wykaż raz, ze wszystkimi pozycjami; liczy się pierwsze.",
        en="Take the repetition out of the report: report a service once, with all positions; the first one counts.",
    ),
    basis=bases.MESSAGE_FORMAT,
    applies_to=AppliesTo.BOTH,
)
def repetition(_: Circumstances) -> Offending:
    """A service stands once in a report with all its positions, and a position number once in the service."""
    return offending(
        pl.col("repeated_row").is_not_null(),
        service=shown_column("service_id"),
        version=shown_column("service_version"),
        first=pl.col("repeated_row"),
    )


@rule(
    code="59908002",
    name=Text(pl="Identyfikator użyty drugi raz", en="Identifier used a second time"),
    message=Text(
        pl="Identyfikator {service} ma już w tym raporcie inne świadczenie albo inna wersja (pozycja nr {first}).",
        en="The identifier {service} has another service or version in this report already (position no. {first}).",
    ),
    remedy=Text(
        pl="Nadaj nowemu świadczeniu własny identyfikator; z kilku wersji wyślij tylko najnowszą.",
        en="Give the new service an identifier of its own; of several versions send only the newest.",
    ),
    basis=bases.CORRECTIONS,
    level="service",
    applies_to=AppliesTo.BOTH,
)
def identifier_used_again(_: Circumstances) -> Offending:
    """An identifier names one service; a report brings one version of it, or its deletion."""
    return offending(
        pl.col("other_content_row").is_not_null(),
        service=shown_column("service_id"),
        first=pl.col("other_content_row"),
    )


@rule(
    code="59908003",
    name=Text(pl="Podobne świadczenie w raporcie", en="Like service in the report"),
    message=Text(
        pl="Inne świadczenie tego raportu ma tego samego pacjenta, zakres, produkt i dzień (pozycja nr {first}).",
        en="Another service of this report has the same patient, scope, product and day (position no. {first}).",
    ),
    remedy=Text(
        pl="Jeśli wykonano dwa świadczenia, nic nie rób; jeśli to jedno, usuń zbędne.",
        en="If two services were done, do nothing; if it is the same one, delete the surplus one.",
    ),
    basis=bases.HOUSE_RULE,
    severity=Severity.WARNING,
)
def like_service_in_report(_: Circumstances) -> Offending:
    """Two services of one product for a patient on a day may be right (two visits), and are pointed out."""
    return offending(pl.col("same_key_row").is_not_null(), first=pl.col("same_key_row"))


@rule(
    code="59908004",
    name=Text(pl="Wersja nie jest wyższa", en="Version not higher"),
    message=Text(
        pl="Świadczenie {service} przyjęto już w wersji {latest}; wersja {version} jej nie zastąpi.",
        en="Service {service} was already accepted in version {latest}; version {version} does not replace it.",
    ),
    remedy=Text(
        pl="Poprawkę albo usunięcie wyślij w wersji wyższej niż {latest}; bez zmian nie wysyłaj ponownie.",
        en="Send a correction or deletion in a version above {latest}; do not send it again unchanged.",
    ),
    basis=bases.CORRECTIONS,
    level="service",
    applies_to=AppliesTo.BOTH,
)
def version_not_higher(circumstances: Circumstances) -> Offending:
    """A correction or deletion has a higher version than the one it replaces."""
    return offending(
        pl.lit(circumstances.history_known) & (pl.col("service_version_number") <= pl.col("latest_version")),
        service=shown_column("service_id"),
        version=shown_column("service_version"),
        latest=pl.col("latest_version"),
    )


@rule(
    code="59908005",
    name=Text(pl="Podobne świadczenie wykazane wcześniej", en="Like service reported before"),
    message=Text(
        pl="Ten sam pacjent, zakres, produkt i dzień wykazano już wcześniej w świadczeniu {other}.",
        en="The same patient, scope, product and day were reported before in service {other}.",
    ),
    remedy=Text(
        pl="Jeśli wykonano dwa świadczenia, nic nie rób; jeśli to jedno, usuń to albo świadczenie {other}.",
        en="If two services were done, do nothing; if it is the same one, delete this or service {other}.",
    ),
    basis=bases.HOUSE_RULE,
    severity=Severity.WARNING,
)
def like_service_before(_: Circumstances) -> Offending:
    """What was already reported under another identifier may be right (two visits), and is pointed out."""
    return offending(pl.col("other_service_id").is_not_null(), other=shown_column("other_service_id"))


@rule(
    code="59908006",
    name=Text(pl="Usunięcie nieznanego świadczenia", en="Deletion of an unknown service"),
    message=Text(
        pl="Nie ma przyjętego świadczenia {service}, które można by usunąć.",
        en="There is no accepted service {service} that could be deleted.",
    ),
    remedy=Text(
        pl="Sprawdź identyfikator; świadczenia, którego nie przyjęto, nie trzeba usuwać.",
        en="Check the identifier; a service that was not accepted need not be deleted.",
    ),
    basis=bases.DELETION_FORMAT,
    level="service",
    applies_to=AppliesTo.DELETED,
)
def deletion_of_unknown(circumstances: Circumstances) -> Offending:
    """Only what was accepted before can be deleted."""
    return offending(
        pl.lit(circumstances.history_known) & forms.given("service_id") & pl.col("latest_version").is_null(),
        service=shown_column("service_id"),
    )


@rule(
    code="59908007",
    name=Text(pl="Usunięcie z pozycjami", en="Deletion with positions"),
    message=Text(
        pl="Usunięcie świadczenia {service} zawiera dane pozycji.",
        en="The deletion of service {service} carries data of positions.",
    ),
    remedy=Text(
        pl="Wyślij samo usunięcie, bez danych świadczenia; poprawkę wyślij jako nową wersję bez znaku usunięcia.",
        en="Send the deletion alone, without data; send a correction as a new version without the mark of deletion.",
    ),
    basis=bases.DELETION_FORMAT,
    level="service",
    applies_to=AppliesTo.DELETED,
)
def deletion_with_positions(_: Circumstances) -> Offending:
    """A deleted service has no data: neither positions nor what was done."""
    return offending(
        pl.any_horizontal(forms.given(column) for column in _POSITION_COLUMNS),
        service=shown_column("service_id"),
    )


RULES = (
    repetition,
    identifier_used_again,
    like_service_in_report,
    version_not_higher,
    like_service_before,
    deletion_of_unknown,
    deletion_with_positions,
)
