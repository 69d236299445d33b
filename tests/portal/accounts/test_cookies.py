"""Behind a certificate cookies are secure and bound to the host; on one's own machine they work without."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = (
    "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE SESSION_COOKIE_PATH"
    " SESSION_COOKIE_DOMAIN CSRF_COOKIE_NAME CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT ALLAUTH_TRUSTED_PROXY_COUNT"
).split()


def settings_with(folder: Path, **environment: str) -> dict[str, object]:
    """What the settings say in a process of their own with this environment."""
    program = (
        "import json; from django.conf import settings;"
        f" print(json.dumps({{name: getattr(settings, name) for name in {NAMES!r}}}))"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ROZLICZ_")}
    environ |= {
        "DJANGO_SETTINGS_MODULE": "rozlicz.portal.settings",
        "ROZLICZ_DATA": str(folder),
    } | environment
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=environ,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(found.stdout)


@pytest.mark.slow
def test_behind_a_certificate_no_other_host_can_set_or_read_a_session(tmp_path: Path) -> None:
    found = settings_with(tmp_path, ROZLICZ_HTTPS="yes", ROZLICZ_HOSTS="portal.example.org")
    assert found["SESSION_COOKIE_NAME"] == "__Host-session"
    assert found["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert (
        found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is True
    )
    # what a browser demands of a name that begins with __Host-
    assert (found["SESSION_COOKIE_PATH"], found["SESSION_COOKIE_DOMAIN"]) == ("/", None)
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("value", ["", "no"])
def test_on_ones_own_machine_plain_http_works(tmp_path: Path, value: str) -> None:
    found = settings_with(tmp_path, ROZLICZ_HTTPS=value)
    assert found["SESSION_COOKIE_NAME"] == "sessionid"
    assert found["SESSION_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is False
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


@pytest.mark.slow
def test_how_many_proxies_are_believed_can_be_said(tmp_path: Path) -> None:
    assert (
        settings_with(tmp_path, ROZLICZ_HTTPS="yes", ROZLICZ_PROXIES="2")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2
    )
