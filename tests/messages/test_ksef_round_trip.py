"""A bill for KSeF fits the official schema and comes back as the same bill, or is refused before it is written."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.bills import AttachmentReference, BillKind, VatExemption
from rozlicz.messages.ksef import KsefInvoice, NotForKsef, tidied
from rozlicz.messages.ksef.checks import ksef_refusals
from rozlicz.messages.ksef.reader import read_ksef
from rozlicz.messages.ksef.writer import write_ksef
from tests.messages import strategies as some
from tests.messages.schemas import assert_published
from tests.messages.strategies_bills import BILL_LINES, HASHES
from tests.messages.strategies_ksef import invoices

ROUNDS = settings(max_examples=60)


def written(invoice: KsefInvoice) -> io.BytesIO:
    target = io.BytesIO()
    write_ksef(invoice, target=target)
    return target


def left_out(invoice: KsefInvoice) -> set[str]:
    """What a bill itself does not say, so that the reader finds it lacking."""
    bill = invoice.bill
    told = {"issuer.code": bill.issuer.code, "issuer.regon": bill.issuer.regon}
    for line in bill.lines:
        told |= {f"lines.{line.number}.scope": line.scope, f"lines.{line.number}.product": line.product}
    return {field for field, value in told.items() if not value}


@pytest.mark.slow
@ROUNDS
@given(invoices())
def test_an_invoice_comes_back(invoice: KsefInvoice) -> None:
    assert not ksef_refusals(invoice)
    target = written(invoice)
    assert_published(target, "KSeF")
    reading = read_ksef(target)
    assert reading.invoice == invoice
    assert not reading.unread
    assert set(reading.lacking) == left_out(invoice)


OTHERS = {
    "number": some.TEXTS,
    "issued_on": some.DAYS,
    "sold_on": some.DAYS,
    "contract": some.TEXTS,
    "issuer": some.PARTIES,
    "bank_account": some.TEXTS,
    "vat_exemption": st.none() | st.sampled_from(VatExemption),
    "kind": st.sampled_from(BillKind),
    "lines": some.short(BILL_LINES),
    "amount": some.GROSZE,
    "corrects_number": some.TEXTS,
    "correction_reason": some.TEXTS,
    "attachments": some.short(
        st.builds(AttachmentReference, kind=some.TEXTS, file_name=some.TEXTS, sha256=HASHES | some.TEXTS)
    ),
}
"""Values of any bill, which KSeF may or may not hold."""


@pytest.mark.slow
@pytest.mark.parametrize("field", OTHERS)
@settings(max_examples=25)
@given(data=st.data(), invoice=invoices())
def test_any_other_bill_is_refused_or_comes_back(field: str, data, invoice: KsefInvoice) -> None:
    changed = replace(invoice, bill=replace(invoice.bill, **{field: data.draw(OTHERS[field])}))
    if refusals := ksef_refusals(changed):
        assert all(one.text.pl and one.remedy.pl and one.basis.reference.pl for one in refusals)
        with pytest.raises(NotForKsef) as refused:
            written(changed)
        assert refused.value.refusals == refusals
        return
    target = written(changed)
    assert_published(target, "KSeF")
    assert read_ksef(target).invoice == changed


@pytest.mark.slow
@settings(max_examples=30)
@given(some.TEXTS, some.PARTIES, invoices())
def test_a_tidied_bill_has_no_blanks_that_ksef_would_drop(text: str, party, invoice: KsefInvoice) -> None:
    line = replace(invoice.bill.lines[0], name=text)
    bill = tidied(replace(invoice.bill, number=text, issuer=party, lines=(line,)))
    assert tidied(bill) == bill
    assert "K-114" not in {one.code for one in ksef_refusals(replace(invoice, bill=bill))}
    assert tidied(invoice.bill) == invoice.bill
