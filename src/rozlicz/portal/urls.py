"""Every address of the portal. No address ever holds data of a patient (promise 7)."""

from __future__ import annotations

from allauth.account import views as account_views
from django.urls import include, path
from django.views.i18n import set_language

from rozlicz.portal.house import pages as house

urlpatterns = [
    path("", house.front_page, name="front_page"),
    path("pulpit/", house.desk, name="desk"),
    path("jezyk/", set_language, name="set_language"),
    path("logowanie/", account_views.login, name="account_login"),
    path("wylogowanie/", account_views.logout, name="account_logout"),
    path("konto-nieczynne/", account_views.account_inactive, name="account_inactive"),
    path("konto/haslo/", account_views.password_change, name="account_change_password"),
    path("konto/", include("rozlicz.portal.accounts.urls")),
    path("umowy/", include("rozlicz.portal.contracts.urls")),
    path("sprawozdawczosc/", include("rozlicz.portal.reports.urls")),
    path("rozliczenia/", include("rozlicz.portal.settlements.urls")),
    path("rachunki/", include("rozlicz.portal.bills.urls")),
    path("platnosci/", include("rozlicz.portal.payments.urls")),
]
