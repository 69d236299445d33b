"""Addresses of "Administration and options"; other parts of the portal add theirs under the same beginning."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.accounts.administration import acting_pages, branch_pages, entrance, pages, role_pages

urlpatterns = [
    path("", entrance.administration, name="administration"),
    path("role/", role_pages.roles, name="roles"),
    path("uzytkownicy/", pages.operators, name="operators"),
    path("uzytkownicy/nowy/", pages.operator_add, name="operator_add"),
    path("uzytkownicy/swiadczeniodawcow/", branch_pages.operators_of_parties, name="operators_of_parties"),
    path(
        "uzytkownicy/swiadczeniodawcow/<int:provider_id>/",
        branch_pages.operators_of_party,
        name="operators_of_party",
    ),
    path("uzytkownicy/<int:operator_id>/", pages.operator, name="operator"),
    path("uzytkownicy/<int:operator_id>/dane/", pages.operator_details, name="operator_details"),
    path("uzytkownicy/<int:operator_id>/zablokuj/", pages.operator_block, name="operator_block"),
    path("uzytkownicy/<int:operator_id>/odblokuj/", pages.operator_unblock, name="operator_unblock"),
    path("uzytkownicy/<int:operator_id>/haslo/", pages.operator_password, name="operator_password"),
    path(
        "uzytkownicy/<int:operator_id>/administrator/",
        pages.operator_administrator,
        name="operator_administrator",
    ),
    path("dzialanie-za-innych/", acting_pages.acting, name="acting"),
    path("dzialanie-za-innych/<int:provider_id>/", acting_pages.act_for, name="act_for"),
    path("dzialanie-za-innych/koniec/", acting_pages.act_for_oneself, name="act_for_oneself"),
    path("zwierzchnictwo/", branch_pages.subordinations, name="subordinations"),
    path(
        "zwierzchnictwo/<int:subordination_id>/koniec/",
        branch_pages.subordination_end,
        name="subordination_end",
    ),
]
