"""Where the rules for bills, attachments and days stand, named once."""

from __future__ import annotations

from datetime import date

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text

FROM_THE_BEGINNING = date(1900, 1, 1)
"""A ruling that its source gives without a first day holds for every month the house can name."""

LODZ_PAGE = Basis(
    Text(
        pl="Łódzki OW NFZ, Rozliczanie świadczeń udzielonych pacjentom, 3.09.2020",
        en="Łódź branch of the Fund, Settlement of services given to patients, 3 Sep 2020",
    )
)
"""The branch's own description of the settlement (R1–R62)."""

LODZ_BUYER = Basis(
    Text(
        pl="Łódzki OW NFZ, Dane do faktury/rachunku/noty, 3.09.2020",
        en="Łódź branch of the Fund, Data for the invoice, account or note, 3 Sep 2020",
    )
)

LODZ_ISSUER = Basis(
    Text(
        pl="Łódzki OW NFZ, oznaczenie wystawcy zgodne z umową, 3.09.2020",
        en="Łódź branch of the Fund, issuer's designation as in the contract, 3 Sep 2020",
    )
)

LODZ_TERMS = Basis(
    Text(
        pl="Łódzki OW NFZ: do 10. dnia miesiąca, wypłata w 5 dni roboczych po dniu dostarczenia",
        en="Łódź branch of the Fund: by the 10th, paid within 5 working days after the day of delivery",
    )
)

LODZ_ACCOUNT = Basis(
    Text(
        pl="Łódzki OW NFZ, komunikat o rachunkach bankowych z 2009 r.: numer w standardzie NRB jest sprawdzany",
        en="Łódź branch of the Fund, notice on bank accounts, 2009: the account number is checked",
    )
)

GENERAL_TERMS_2008_26 = Basis(
    Text(
        pl="§ 26 ust. 3 i 5 ogólnych warunków umów z 6.05.2008 (Dz.U. Nr 81 poz. 484)",
        en="§ 26(3) and (5) of the general terms of contracts of 6 May 2008",
    )
)

GENERAL_TERMS_2008_SEPARATE = Basis(
    Text(
        pl="§ 17 ust. 4, § 18 ust. 6, § 19 ust. 3 ogólnych warunków umów z 6.05.2008",
        en="§ 17(4), § 18(6) and § 19(3) of the general terms of contracts of 6 May 2008",
    )
)

GENERAL_TERMS_2015_23_5 = Basis(
    Text(
        pl="§ 23 ust. 5 ogólnych warunków umów z 8.09.2015",
        en="§ 23(5) of the general terms of contracts of 8 Sep 2015",
    )
)

E_DOCUMENT_ORDER = Basis(
    Text(
        pl="zarządzenie Prezesa NFZ nr 71/2013/DI",
        en="order 71/2013/DI of the President of the Fund",
    )
)

TEMPLATE_QUOTED = Basis(
    Text(
        pl="opis komunikatu R_UMX NFZ: rachunek powołuje się na identyfikator szablonu",
        en="the Fund's description of R_UMX: an account quotes the identifier of its template",
    )
)

INVOICE_CONTENT = Basis(
    Text(pl="art. 106e ustawy o podatku od towarów i usług", en="art. 106e of the VAT act")
)

SALE_DATE = Basis(
    Text(
        pl="art. 19a ust. 3 ustawy o podatku od towarów i usług: koniec rozliczanego okresu",
        en="art. 19a(3) of the VAT act: the end of the settled period",
    )
)

CORRECTION_REASON_LAW = Basis(
    Text(
        pl="art. 106j ust. 2 pkt 4 ustawy o podatku od towarów i usług (do 30.09.2021)",
        en="art. 106j(2)(4) of the VAT act (until 30 Sep 2021)",
    )
)

CORRECTION_TEMPLATE = Basis(
    Text(
        pl="opis komunikatu R_UMX NFZ: id-szablonu-kor oznacza korektę rachunku do tamtego szablonu",
        en="the Fund's description of R_UMX: id-szablonu-kor makes the bill a correction of that template's bill",
    )
)

UNIT_NAME_LIMIT = Basis(
    Text(
        pl="format e-dokumentu: jednostka miary do 10 znaków",
        en="format of the e-document: unit of measure up to 10 characters",
    )
)

CIVIL_CODE_115 = Basis(
    Text(
        pl="art. 115 Kodeksu cywilnego: koniec terminu w sobotę lub dzień wolny przechodzi na dzień roboczy",
        en="art. 115 of the Civil Code: a term ending on a Saturday or day off ends on the next working day",
    )
)

DAYS_OFF = Basis(
    Text(
        pl="ustawa z 18.01.1951 o dniach wolnych od pracy (24.12 wolny od 2025 r., ustawa z 6.12.2024)",
        en="act of 18 Jan 1951 on days off (24 December off from 2025, act of 6 Dec 2024)",
    )
)

DEVICE_ORDER = Basis(
    Text(pl="zarządzenie Prezesa NFZ nr 58/2009/DSOZ", en="order 58/2009/DSOZ of the President of the Fund")
)

SPA_ORDER = Basis(
    Text(pl="zarządzenie Prezesa NFZ nr 61/2009/DSOZ", en="order 61/2009/DSOZ of the President of the Fund")
)


def policy(pl: str, en: str) -> Basis:
    """A basis that is a resolution of this house, shown as such and open to a branch's own ruling."""
    return Basis(Text(pl=f"przyjęta zasada: {pl}", en=f"policy: {en}"), confirmed=False)


def act_on_benefits(article: str) -> Basis:
    """A place in the act of 27 August 2004 on publicly funded health care."""
    return Basis(
        Text(
            pl=f"{article} ustawy z 27.08.2004 o świadczeniach opieki zdrowotnej",
            en=f"{article} of the act of 27 Aug 2004 on publicly funded health care",
        )
    )
