"""Is a message from whom it says, for us, and newer than the last one? All reasons at once.

The checks are those the Fund publishes for waiting lists (LIOCZ), whose header is the same; that they
hold for reports too is our inference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text
from rozlicz.messages.header import FRAMEWORK_KINDS, WRITTEN_VERSIONS, Header

FUTURE_TOLERANCE = timedelta(minutes=5)
"""How far ahead of the payer's clock a message may have been generated."""

OLDEST_VERSIONS: dict[str, tuple[str, str]] = {
    **WRITTEN_VERSIONS,
    "SWIAD": ("8", "7.0"),
    "REF": ("2.3", ""),
}
"""`wersja` and `nfz:wersja` from which on messages are read; the newest are those written. A branch of about
2018 took REF 2.3 beside 2.4."""

BASIS = Basis(
    Text(
        pl="reguły weryfikacji nagłówka komunikatów NFZ (opublikowane dla LIOCZ; zastosowane przez analogię)",
        en="the Fund's rules for message headers (published for LIOCZ; applied by analogy)",
    ),
    confirmed=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderRefusal:
    """One reason to refuse a message for its header: what is wrong, on what basis, what to do."""

    code: str
    text: Text
    basis: Basis
    remedy: Text


def check_header(
    header: Header,
    *,
    branch: str,
    provider: str,
    installation_long: str,
    installation_short: str,
    last_generation: int | None,
    now: datetime,
    expected_kind: str,
) -> tuple[HeaderRefusal, ...]:
    """Every reason to refuse a provider's message for its header; empty when there is none.

    `branch`, `provider` and the installation are those of the operator who sends it, `last_generation` the
    highest `nr-gen` taken from that installation before (None: none yet), `now` naive Warsaw time.
    """
    checks = (
        _kind(header, expected_kind),
        _version(header),
        _receiver(header, branch),
        _generated_at(header, now),
        _sender(header, provider),
        _installation(header, installation_long),
        _generation(header, last_generation),
        _repeated_sender(header),
        _short_installation(header, installation_short),
    )
    return tuple(refusal for refusal in checks if refusal is not None)


def is_read(header: Header) -> bool:
    """Whether the version of a message is among those that are read."""
    found = _numbers(header.version), _numbers(header.detailed_version)
    oldest, newest = OLDEST_VERSIONS.get(header.kind), WRITTEN_VERSIONS.get(header.kind)
    if oldest is None or newest is None or None in found:
        return False
    return _pair(oldest) <= found <= _pair(newest)


def _kind(header: Header, expected: str) -> HeaderRefusal | None:
    if header.kind == expected:
        return None
    return _refusal(
        "header-kind",
        Text(
            pl="To jest komunikat {found}, a w tym miejscu przyjmowany jest {expected}.",
            en="This is a message {found}; {expected} is taken here.",
        ).filled(found=header.kind, expected=expected),
        Text(pl="Proszę wybrać plik właściwego komunikatu.", en="Choose the file of the right message."),
    )


def _version(header: Header) -> HeaderRefusal | None:
    if header.kind not in OLDEST_VERSIONS or is_read(header):
        return None
    oldest, newest = OLDEST_VERSIONS[header.kind], WRITTEN_VERSIONS[header.kind]
    return _refusal(
        "header-version",
        Text(
            pl="Komunikat ma wersję {found}, a obsługiwane są wersje od {oldest} do {newest}.",
            en="The message has the version {found}; the versions {oldest} to {newest} are supported.",
        ).filled(
            found=_shown(header.version, header.detailed_version),
            oldest=_shown(*oldest),
            newest=_shown(*newest),
        ),
        Text(
            pl="Proszę zaktualizować program i utworzyć komunikat ponownie.",
            en="Update your program and produce the message again.",
        ),
    )


def _receiver(header: Header, branch: str) -> HeaderRefusal | None:
    if header.receiver == branch:
        return None
    return _refusal(
        "header-receiver",
        Text(
            pl="Odbiorcą komunikatu (id-odb) jest oddział {found}, a to jest portal oddziału {branch}.",
            en="The receiver of the message (id-odb) is the branch {found}; this is the portal of {branch}.",
        ).filled(found=header.receiver, branch=branch),
        Text(
            pl="Proszę wysłać komunikat do właściwego oddziału albo poprawić odbiorcę w programie.",
            en="Send the message to the right branch, or mend the receiver in your program.",
        ),
    )


def _generated_at(header: Header, now: datetime) -> HeaderRefusal | None:
    if header.generated_at <= now + FUTURE_TOLERANCE:
        return None
    return _refusal(
        "header-generated-at",
        Text(
            pl="Komunikat powstał później (czas-gen {found}), niż go przyjęto ({now}).",
            en="The message was generated (czas-gen {found}) after it was received ({now}).",
        ).filled(found=_clock(header.generated_at), now=_clock(now)),
        Text(
            pl="Proszę ustawić zegar komputera i utworzyć komunikat ponownie; dopuszcza się 5 minut różnicy.",
            en="Set the clock of your computer and produce the message again; 5 minutes are tolerated.",
        ),
    )


def _sender(header: Header, provider: str) -> HeaderRefusal | None:
    if header.sender == provider:
        return None
    return _refusal(
        "header-sender",
        Text(
            pl="Nadawcą komunikatu (id-nad) jest świadczeniodawca {found}, a zalogowano się jako {provider}.",
            en="The sender of the message (id-nad) is the provider {found}; {provider} is logged in.",
        ).filled(found=header.sender, provider=provider),
        Text(
            pl="Proszę zalogować się jako właściwy świadczeniodawca albo poprawić kod nadawcy w programie.",
            en="Log in as the right provider, or mend the sender's code in your program.",
        ),
    )


def _installation(header: Header, expected: str) -> HeaderRefusal | None:
    if header.installation == expected:
        return None
    return _refusal(
        "header-installation",
        Text(
            pl="Długi identyfikator instalacji (id-inst-nad) to {found}, a zarejestrowany jest {expected}.",
            en="The long installation identifier (id-inst-nad) is {found}; {expected} is registered.",
        ).filled(found=header.installation or "–", expected=expected),
        Text(
            pl="Proszę wpisać w programie identyfikator z zaakceptowanego wniosku o instalację.",
            en="Enter the identifier from the accepted application for the installation in your program.",
        ),
    )


def _generation(header: Header, last: int | None) -> HeaderRefusal | None:
    if last is None or header.generation > last:
        return None
    return _refusal(
        "header-generation",
        Text(
            pl="Numer generacji (nr-gen) {found} nie jest większy od ostatnio przyjętego: {last}.",
            en="The generation number (nr-gen) {found} is not above the last one taken: {last}.",
        ).filled(found=header.generation, last=last),
        Text(
            pl="Proszę utworzyć komunikat jeszcze raz z kolejnym numerem. Tego samego pliku nie wysyła się ponownie.",
            en="Produce the message again with the next number. The same file is not sent twice.",
        ),
    )


def _repeated_sender(header: Header) -> HeaderRefusal | None:
    if header.kind not in FRAMEWORK_KINDS or header.provider == header.sender:
        return None
    return _refusal(
        "header-provider",
        Text(
            pl="Nadawca (id-nad) {sender} różni się od świadczeniodawcy w treści raportu (id-swd) {provider}.",
            en="The sender (id-nad) {sender} differs from the provider in the report (id-swd) {provider}.",
        ).filled(sender=header.sender, provider=header.provider or "–"),
        Text(
            pl="Proszę utworzyć raport ponownie w programie jednego świadczeniodawcy.",
            en="Produce the report again in the program of one provider.",
        ),
    )


def _short_installation(header: Header, expected: str) -> HeaderRefusal | None:
    if header.kind not in FRAMEWORK_KINDS or header.short_installation == expected:
        return None
    return _refusal(
        "header-short-installation",
        Text(
            pl="Krótki identyfikator instalacji (id-inst-swd) to {found}, a zarejestrowany jest {expected}.",
            en="The short installation identifier (id-inst-swd) is {found}; {expected} is registered.",
        ).filled(found=header.short_installation or "–", expected=expected),
        Text(
            pl="Proszę wpisać w programie identyfikator z zaakceptowanego wniosku o instalację.",
            en="Enter the identifier from the accepted application for the installation in your program.",
        ),
    )


def _refusal(code: str, text: Text, remedy: Text) -> HeaderRefusal:
    return HeaderRefusal(code=code, text=text, basis=BASIS, remedy=remedy)


def _numbers(version: str) -> tuple[int, ...] | None:
    """`10.1` → (10, 1); an empty version counts as lowest; None when it is no version."""
    parts = version.split(".") if version else []
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return None
    return tuple(int(part) for part in parts)


def _pair(versions: tuple[str, str]) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    return _numbers(versions[0]), _numbers(versions[1])


def _shown(version: str, detailed: str) -> str:
    return f"{version};{detailed}" if detailed else version


def _clock(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M:%S}"
