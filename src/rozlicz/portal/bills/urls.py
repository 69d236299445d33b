"""Addresses of bills."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.bills import pages

urlpatterns = [
    path("", pages.bills, name="bills"),
    path("z-szablonu/<int:number>/", pages.make, name="bill_make"),
    path("z-pliku/", pages.upload, name="bill_upload"),
    path("<int:bill_id>/", pages.bill, name="bill"),
    path("<int:bill_id>/plik/", pages.bill_file, name="bill_file"),
    path("<int:bill_id>/zalacznik/<int:attachment_id>/", pages.attachment_file, name="bill_attachment"),
    path("<int:bill_id>/zatwierdz/", pages.approve, name="bill_approve"),
    path("<int:bill_id>/odmow/", pages.refuse, name="bill_refuse"),
]
