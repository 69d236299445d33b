"""Every address of the portal. No address ever holds data of a patient (promise 7)."""

from __future__ import annotations

from allauth.account import views as account_views
from django.urls import include, path
from django.views.decorators.cache import never_cache
from django.views.i18n import set_language

from rozlicz.portal.accounts import pages as accounts
from rozlicz.portal.accounts.rules_of_access import pages as rules_of_access
from rozlicz.portal.accounts.second_factor import pages as second_factor
from rozlicz.portal.house import pages as house

urlpatterns = [
    path("", house.front_page, name="front_page"),
    path("pulpit/", house.desk, name="desk"),
    path("jezyk/", set_language, name="set_language"),
    path("logowanie/", accounts.LogIn.as_view(), name="account_login"),
    path("wylogowanie/", account_views.logout, name="account_logout"),
    path("konto-nieczynne/", account_views.account_inactive, name="account_inactive"),
    path("konto/", include("rozlicz.portal.accounts.urls")),
    path("konto/potwierdzenie/", never_cache(account_views.reauthenticate), name="account_reauthenticate"),
    path("konto/drugi-skladnik/", include("rozlicz.portal.accounts.second_factor.urls")),
    path(
        "administracja/uzytkownicy/<int:operator_id>/drugi-skladnik/",
        second_factor.reset,
        name="second_factor_reset",
    ),
    path("administracja/", include("rozlicz.portal.accounts.administration.urls")),
    path("administracja/dziennik/", include("rozlicz.portal.audit.urls")),
    path("administracja/zasady/", rules_of_access.policies, name="policies"),
    path("administracja/zasady/nowe/", rules_of_access.policy_new, name="policy_new"),
    path("rejestracja/", include("rozlicz.portal.registration.urls")),
    path("rejestracje/", include("rozlicz.portal.registration.queue_urls")),
    path("umowy/", include("rozlicz.portal.contracts.urls")),
    path("sprawozdawczosc/okresy/", include("rozlicz.portal.periods.urls")),
    path("sprawozdawczosc/", include("rozlicz.portal.reports.urls")),
    path("rozliczenia/", include("rozlicz.portal.settlements.urls")),
    path("rachunki/", include("rozlicz.portal.bills.urls")),
    path("platnosci/", include("rozlicz.portal.payments.urls")),
    path("administracja/instalacje/", include("rozlicz.portal.providers.urls")),
    path("api/", include("rozlicz.portal.api.urls")),
    path("wnioski/", include("rozlicz.portal.requests.urls")),
    path("korespondencja/", include("rozlicz.portal.correspondence.urls")),
    path("", include("rozlicz.portal.correspondence.open_urls")),
]
