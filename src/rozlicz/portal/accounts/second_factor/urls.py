"""Addresses of the second factor, below one's own account; allauth's names, since its pages lead to each other."""

from __future__ import annotations

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from rozlicz.portal.accounts.second_factor import pages

urlpatterns = [
    path("", pages.overview, name="mfa_index"),
    path("logowanie/", pages.second_step, name="mfa_authenticate"),
    path("potwierdzenie/", never_cache(base.reauthenticate), name="mfa_reauthenticate"),
    path(
        "potwierdzenie-kluczem/",
        never_cache(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("aplikacja/", never_cache(totp.activate_totp), name="mfa_activate_totp"),
    path("aplikacja/obraz.svg", pages.app_picture, name="second_factor_picture"),
    path("aplikacja/usun/", never_cache(totp.deactivate_totp), name="mfa_deactivate_totp"),
    # allauth leads here when a key has gone; the list stands on the first page.
    path("klucze/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("klucze/dodaj/", never_cache(pages.AddKey.as_view()), name="mfa_add_webauthn"),
    path("klucze/<int:pk>/usun/", never_cache(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path(
        "kody/",
        pages.told_when_unreadable(never_cache(pages.RecoveryCodes.as_view())),
        name="mfa_view_recovery_codes",
    ),
    path(
        "kody/nowe/",
        pages.told_when_unreadable(never_cache(recovery_codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "kody/pobierz/",
        pages.told_when_unreadable(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("kody/zachowane/", pages.codes_kept, name="second_factor_codes_kept"),
]
