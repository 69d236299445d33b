"""Addresses of payments."""

from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from rozlicz.portal.payments import pages


class DayConverter:
    """A day in an address: 2026-11-16."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """An impossible day is an unknown address."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The same form back."""
        return value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", pages.payments, name="payments"),
    path("konta/", pages.bank_accounts, name="bank_accounts"),
    path("dzien/<day:day>/", pages.due_day, name="due_day"),
    path("dzien/<day:day>/przelewy/", pages.mark_run, name="mark_payment_run"),
]
