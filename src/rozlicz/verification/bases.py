"""Where the rules stand: acts, notices of the Fund, and policies of this house.

`confirmed` is False where an act is known but its place in it was only remembered, and where the rule is a
policy of ours because the sources leave the point open.
"""

from __future__ import annotations

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text


def fund_rule(code: str) -> Basis:
    """A verification rule that the Fund publishes under this very code."""
    return Basis(
        Text(
            pl=f"Centralne Reguły Weryfikacji NFZ, warunek {code}",
            en=f"Central Verification Rules of the Fund, condition {code}",
        )
    )


def regulation(place: Text) -> Basis:
    """A place in the regulation on the data a provider must pass to the Fund; the places are remembered."""
    return Basis(
        Text(
            pl=f"rozporządzenie MZ o zakresie informacji przekazywanych Funduszowi (Dz.U. 2024 poz. 610), {place.pl}",
            en=f"regulation on the data passed to the Fund (Dz.U. 2024 item 610), {place.en}",
        ),
        confirmed=False,
    )


MESSAGE_FORMAT = Basis(
    Text(
        pl="budowa komunikatu SWIAD (format otwarty NFZ)",
        en="structure of the SWIAD message (open format of the Fund)",
    )
)

DELETION_FORMAT = Basis(
    Text(
        pl="komunikat NFZ do formatu SWIAD: świadczenie z usun=T nie ma elementu dane-swiadczenia",
        en="Fund's notice on the SWIAD format: a service with usun=T has no dane-swiadczenia",
    )
)

MULTIPLICITY_NOTICE = Basis(
    Text(
        pl="komunikat NFZ z 16.05.2022 (nfz.gov.pl/8203): sposób wyliczania krotności",
        en="Fund's notice of 16 May 2022 (nfz.gov.pl/8203): how the multiplicity is calculated",
    )
)

COEFFICIENT_NOTICE = Basis(
    Text(
        pl="komunikat NFZ z 28.04.2023 (nfz.gov.pl/8383): słownik SPEC_ROZ i łączenie współczynników",
        en="Fund's notice of 28 Apr 2023 (nfz.gov.pl/8383): dictionary SPEC_ROZ, joining of coefficients",
    )
)

CONTRACT_PLAN = Basis(
    Text(
        pl="umowa z Funduszem i jej plan rzeczowo-finansowy; art. 132 ust. 1 ustawy z 27.08.2004 o świadczeniach",
        en="the contract with the Fund and its plan; art. 132(1) of the act of 27 Aug 2004 on services",
    ),
    confirmed=False,
)

GENERAL_TERMS = Basis(
    Text(
        pl="ogólne warunki umów (Dz.U. 2025 poz. 400): okres sprawozdawczy i rozliczeniowy",
        en="general terms of contracts (Dz.U. 2025 item 400): reporting and settlement period",
    ),
    confirmed=False,
)

CLOSED_PERIODS = Basis(
    Text(
        pl="Łódzki OW NFZ, komunikat 9776 z 23.10.2023: odblokowanie zamkniętych okresów sprawozdawczych",
        en="Łódź branch of the Fund, notice 9776 of 23 Oct 2023: unlocking of closed reporting periods",
    )
)

PESEL_ACT = Basis(
    Text(
        pl="art. 15 ustawy z 24.09.2010 o ewidencji ludności: budowa numeru PESEL",
        en="art. 15 of the act of 24 Sep 2010 on population records: the structure of PESEL",
    ),
    confirmed=False,
)

PATIENT_DATA = regulation(
    Text(pl="załącznik nr 3, tabela 10: identyfikatory osób", en="annex 3, table 10: identifiers of persons")
)

SERVICE_DATA = regulation(Text(pl="dane o świadczeniu", en="data of a service"))

ADMISSION_MODES = regulation(
    Text(pl="załącznik nr 4: tryby przyjęcia i wypisu", en="annex 4: modes of admission and discharge")
)

ENTITLEMENT_DOCUMENTS = regulation(
    Text(pl="dokumenty uprawniające do świadczeń", en="documents that entitle to services")
)

RIGHT_TO_SERVICES = Basis(
    Text(
        pl="art. 2 i art. 50 ustawy z 27.08.2004 o świadczeniach opieki zdrowotnej",
        en="art. 2 and art. 50 of the act of 27 Aug 2004 on health care services",
    ),
    confirmed=False,
)

COORDINATION = Basis(
    Text(
        pl="rozporządzenia (WE) nr 883/2004 i 987/2009 (wcześniej 1408/71 i 574/72)",
        en="regulations (EC) 883/2004 and 987/2009 (before: 1408/71 and 574/72)",
    )
)

CORRECTIONS = Basis(
    Text(
        pl="zasady korekt w SWIAD: nowa wersja świadczenia zastępuje wcześniejszą, wersje są numerowane",
        en="corrections in SWIAD: a new version of a service replaces the earlier one, versions are numbered",
    )
)

HOUSE_RULE = Basis(
    Text(
        pl="zasada tego systemu; źródła pozostawiają wybór",
        en="a policy of this system; the sources leave a choice",
    ),
    confirmed=False,
)
