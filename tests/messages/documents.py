"""A template, the bill made from it, and the head of any message: small documents that tests begin with."""

from datetime import date, datetime

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.months import Month
from rozlicz.messages.bills import Bill, BillKind, BillLine, Buyer, Recipient, VatExemption
from rozlicz.messages.header import Header, new_header
from rozlicz.messages.templates import Template, TemplateLine
from tests import world

AT = datetime(2026, 11, 5, 12, 0)
ADDRESS = PostalAddress(street="ul. Kopcińskiego 58", postal_code="90-032", town="Łódź")
LINE = TemplateLine(
    scope="02.1220.001.02",
    distinguisher=1,
    product="5.30.00.0000011",
    name="W11",
    unit_name="punkt",
    units=1_000_000,
    price=1000,
    amount=100_000,
)
TEMPLATE = Template(
    number=1,
    contract="05/1",
    annex=0,
    branch="05",
    provider="050123",
    month=Month(2026, 10),
    issued_at=AT,
    lines=(LINE,),
)
BILL = Bill(
    kind=BillKind.ACCOUNT,
    number="1/10/2026",
    issued_on=date(2026, 11, 5),
    sold_on=date(2026, 10, 31),
    month=Month(2026, 10),
    contract="05/1",
    template=1,
    issuer=world.CLINIC,
    buyer=Buyer(name="NFZ", nip="1070001057", address=ADDRESS),
    recipient=Recipient(branch="05", name="Łódzki OW NFZ", address=ADDRESS),
    bank_account="1",
    vat_exemption=VatExemption.MEDICAL_CARE_BY_ENTITY,
    lines=(
        BillLine(
            number=1,
            scope=LINE.scope,
            distinguisher=1,
            product=LINE.product,
            name="W11",
            unit_name="punkt",
            units=1_000_000,
            price=1000,
            amount=100_000,
        ),
    ),
    amount=100_000,
)


def header(kind: str) -> Header:
    to, by = ("05", "050123") if kind in {"FAKT", "RACH", "Z_ROZ"} else ("050123", "05")
    return new_header(kind=kind, receiver=to, sender=by, generation=1, generated_at=AT)
