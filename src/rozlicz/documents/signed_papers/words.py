"""What the pages say of a signature: to the branch with what to check, to who sent it with what to expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rozlicz.documents.signed_papers import Clock, Declared, Purpose, Signature, Trust
from rozlicz.kernel.texts import Text

Reader = Literal["branch", "sender"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureWords:
    """A signature in sentences: by whose clock the time is, its facts with their labels, and what to do."""

    signature: Signature
    clock: Text
    facts: tuple[tuple[Text, Text], ...]
    advice: tuple[Text, ...]


def words_of(signature: Signature, *, reader: Reader) -> SignatureWords:
    """The sentences about a signature for whoever reads them."""
    facts = [
        (
            _ISSUER,
            _ISSUED.filled(issuer=signature.issuer, first=signature.valid_from, last=signature.valid_to),
        ),
        (_TRUST, _TRUSTS[signature.trust].filled(anchor=signature.anchor)),
        (_KIND, kind_words(signature)),
        (_REVOCATION, revocation_words(signature)),
    ]
    if signature.is_podpis_zaufany and signature.person:
        facts.insert(0, (_PERSON, _SEALED_FOR.filled(person=signature.person)))
    advice = _for_branch(signature) if reader == "branch" else _for_sender(signature)
    return SignatureWords(
        signature=signature, clock=clock_words(signature), facts=tuple(facts), advice=tuple(advice)
    )


def clock_words(signature: Signature) -> Text:
    """By whose clock the time of signing is."""
    if signature.clock is Clock.TIME_STAMP:
        return _BY_STAMP
    if signature.has_unused_stamp:
        return _BY_UNTRUSTED_STAMP
    return _BY_SIGNER if signature.clock is Clock.SIGNER else _BY_NOBODY


def kind_words(signature: Signature) -> Text:
    """What the certificate declares of itself, and whether that can be believed."""
    if signature.is_podpis_zaufany:
        return _PODPIS_ZAUFANY if signature.trust is Trust.TRUSTED else _CALLS_ITSELF_PODPIS_ZAUFANY
    declared = signature.declared
    if not declared.qualified:
        return _NOT_QUALIFIED
    kind = _QUALIFIED[declared.purpose]
    if declared.in_device:
        kind = Text(pl=kind.pl + _IN_DEVICE.pl, en=kind.en + _IN_DEVICE.en)
    belief = Text(pl=".", en=".") if signature.trust is Trust.TRUSTED else _NOT_BELIEVED
    return Text(pl=kind.pl + belief.pl, en=kind.en + belief.en)


def revocation_words(signature: Signature) -> Text:
    """What is known of the certificate's revocation, and for which day."""
    found = signature.revocation
    if found is None:
        return _REVOCATION_NOT_KNOWN
    if found.revoked_at:
        return _REVOKED_LATER.filled(day=found.revoked_at.date(), source=found.source)
    is_older = signature.signed_at is not None and found.as_of < signature.signed_at
    text = _NOT_REVOKED_BEFORE if is_older else _NOT_REVOKED
    return text.filled(day=found.as_of.date(), source=found.source)


def _is_sure(declared: Declared) -> bool:
    return declared.qualified and declared.purpose is Purpose.SIGNATURE


def _for_branch(signature: Signature) -> Iterator[Text]:
    if signature.trust is not Trust.TRUSTED:
        yield _VALIDATE_ISSUER
    elif signature.is_podpis_zaufany:
        yield _COMPARE_PERSON
    elif not _is_sure(signature.declared):
        yield _ASK_FOR_QUALIFIED
    if signature.trust is Trust.TRUSTED:
        if signature.revocation is None:
            yield _VALIDATE_REVOCATION
        elif signature.revocation.revoked_at:
            yield _WAS_BEFORE
    yield _MAY_REPRESENT


def _for_sender(signature: Signature) -> Iterator[Text]:
    match signature.trust:
        case Trust.NOT_CHECKED:
            yield _BRANCH_CHECKS
        case Trust.UNKNOWN:
            yield _BRANCH_MAY_ASK
        case Trust.TRUSTED if not (signature.is_podpis_zaufany or _is_sure(signature.declared)):
            yield _BRANCH_MAY_ASK_FOR_QUALIFIED
        case _:
            yield _NOTHING_TO_DO


_PERSON = Text(pl="Osoba", en="Person")
_ISSUER = Text(pl="Certyfikat", en="Certificate")
_TRUST = Text(pl="Wystawca", en="Issuer")
_KIND = Text(pl="Rodzaj", en="Kind")
_REVOCATION = Text(pl="Unieważnienie", en="Revocation")

_SEALED_FOR = Text(
    pl="{person} – według treści podpisu, w imieniu tej osoby postawiono pieczęć",
    en="{person} – as the signature says, in whose name it was sealed",
)
_ISSUED = Text(
    pl="wydał „{issuer}”, ważny od {first} do {last}", en="issued by “{issuer}”, valid from {first} to {last}"
)
_TRUSTS = {
    Trust.TRUSTED: Text(
        pl="Zaufany: od certyfikatu prowadzi ważny łańcuch do „{anchor}”.",
        en="Trusted: a valid chain leads from the certificate to “{anchor}”.",
    ),
    Trust.UNKNOWN: Text(
        pl="Nieznany: żaden ważny łańcuch nie prowadzi do wystawcy, któremu ufa oddział.",
        en="Unknown: no valid chain leads to an issuer whom the branch trusts.",
    ),
    Trust.NOT_CHECKED: Text(
        pl="Nie sprawdzono: w tym portalu nie wskazano wystawców, którym ufa oddział.",
        en="Not checked: no issuers whom the branch trusts are named in this portal.",
    ),
}
_PODPIS_ZAUFANY = Text(
    pl="Podpis zaufany: dokument opatrzono pieczęcią ministra w imieniu osoby. To nie jest jej własny certyfikat.",
    en="Podpis zaufany: the ministry's seal in a person's name. It is not a certificate of the person's own.",
)
_CALLS_ITSELF_PODPIS_ZAUFANY = Text(
    pl="Certyfikat nazywa się pieczęcią podpisu zaufanego; bez zaufanego wystawcy nie wiadomo, czy nią jest.",
    en="The certificate calls itself the seal of podpis zaufany; without a trusted issuer nobody knows"
    " whether it is.",
)
_NOT_QUALIFIED = Text(
    pl="Certyfikat nie deklaruje, że jest kwalifikowany.",
    en="The certificate does not declare itself a qualified one.",
)
_QUALIFIED = {
    Purpose.SIGNATURE: Text(
        pl="Certyfikat deklaruje, że jest kwalifikowanym certyfikatem podpisu elektronicznego",
        en="The certificate declares itself a qualified one for electronic signatures",
    ),
    Purpose.SEAL: Text(
        pl="Certyfikat deklaruje, że jest kwalifikowanym certyfikatem pieczęci elektronicznej, czyli organizacji,"
        " a nie osoby",
        en="The certificate declares itself a qualified one for electronic seals, of an organisation and not"
        " a person",
    ),
    Purpose.WEBSITE: Text(
        pl="Certyfikat deklaruje, że jest kwalifikowanym certyfikatem strony internetowej",
        en="The certificate declares itself a qualified one for websites",
    ),
    Purpose.NOT_STATED: Text(
        pl="Certyfikat deklaruje, że jest kwalifikowany, ale nie – do czego",
        en="The certificate declares itself a qualified one, but not for what",
    ),
}
_IN_DEVICE = Text(
    pl=", z kluczem w kwalifikowanym urządzeniu (QSCD)", en=", with its key in a qualified device (QSCD)"
)
_NOT_BELIEVED = Text(
    pl=". Bez zaufanego wystawcy ta deklaracja nic nie znaczy.",
    en=". Without a trusted issuer this declaration means nothing.",
)
_REVOCATION_NOT_KNOWN = Text(
    pl="Nie wiadomo: w pliku nie ma odpowiedzi zaufanego wystawcy (OCSP, CRL), a portal o nią nie pyta.",
    en="Not known: the file holds no answer of a trusted issuer (OCSP, CRL), and the portal asks nobody.",
)
_NOT_REVOKED = Text(
    pl="Nieunieważniony według stanu z {day} ({source} w pliku).",
    en="Not revoked as of {day} ({source} in the file).",
)
_NOT_REVOKED_BEFORE = Text(
    pl="Nieunieważniony według stanu z {day} ({source} w pliku), sprzed podpisu; co było później, nie wiadomo.",
    en="Not revoked as of {day} ({source} in the file), before the signature; what came later is not known.",
)
_REVOKED_LATER = Text(
    pl="Unieważniony {day} ({source} w pliku), po złożeniu podpisu.",
    en="Revoked on {day} ({source} in the file), after the signature.",
)

_BY_STAMP = Text(
    pl="według znacznika czasu zaufanego wystawcy", en="by the time stamp of a trusted issuer's authority"
)
_BY_UNTRUSTED_STAMP = Text(
    pl="jak podaje podpisujący; znacznik czasu w pliku nie pochodzi od zaufanego wystawcy",
    en="as the signer states; the time stamp in the file is from no trusted issuer",
)
_BY_SIGNER = Text(
    pl="jak podaje podpisujący; znacznika czasu nie ma", en="as the signer states; there is no time stamp"
)
_BY_NOBODY = Text(pl="nikt nie podaje, kiedy", en="nobody states when")

_VALIDATE_ISSUER = Text(
    pl="Przed decyzją proszę sprawdzić podpis w usłudze walidacji (np. na gov.pl albo u dostawcy usług zaufania).",
    en="Before deciding check the signature with a validation service (as on gov.pl, or of a trust service"
    " provider).",
)
_COMPARE_PERSON = Text(
    pl="Proszę porównać osobę z podpisu z tymi, którzy mogą reprezentować podmiot.",
    en="Compare the person in the signature with those who may represent the party.",
)
_ASK_FOR_QUALIFIED = Text(
    pl="To nie jest zadeklarowany kwalifikowany podpis osoby: jeżeli nie wystarcza, proszę poprosić o taki podpis,"
    " podpis zaufany albo oryginał na papierze.",
    en="This is not declared to be a person's qualified signature: if it is not enough, ask for one, for a podpis"
    " zaufany, or for the paper.",
)
_VALIDATE_REVOCATION = Text(
    pl="Czy certyfikat nie był unieważniony, można sprawdzić w usłudze walidacji.",
    en="Whether the certificate had been revoked can be checked with a validation service.",
)
_WAS_BEFORE = Text(
    pl="Podpis jest starszy niż unieważnienie, co potwierdza znacznik czasu; o powód warto zapytać podmiot.",
    en="The signature is older than the revocation, as the time stamp shows; ask the party why it was revoked.",
)
_MAY_REPRESENT = Text(
    pl="Czy podpisujący może reprezentować podmiot, portal nie wie: proszę to sprawdzić w rejestrze lub"
    " pełnomocnictwie.",
    en="Whether the signer may represent the party the portal does not know: look in the register or the"
    " authorisation.",
)
_BRANCH_CHECKS = Text(
    pl="Podpis zgadza się z dokumentem. Wystawcę certyfikatu sprawdzi pracownik oddziału.",
    en="The signature fits the document. The certificate's issuer is checked by a person at the branch.",
)
_BRANCH_MAY_ASK = Text(
    pl="Podpis zgadza się z dokumentem, ale wystawcy certyfikatu portal nie zna. Sprawdzi go pracownik"
    " oddziału i może"
    " poprosić o podpis kwalifikowany, podpis zaufany albo oryginał na papierze.",
    en="The signature fits the document, but the portal does not know the certificate's issuer. A person at"
    " the branch"
    " checks it and may ask for a qualified signature, a podpis zaufany, or the paper.",
)
_BRANCH_MAY_ASK_FOR_QUALIFIED = Text(
    pl="Podpis zgadza się z dokumentem. Certyfikat nie deklaruje kwalifikowanego podpisu osoby, więc oddział może"
    " poprosić o taki podpis, podpis zaufany albo oryginał na papierze.",
    en="The signature fits the document. The certificate does not declare a person's qualified signature, so"
    " that the"
    " branch may ask for one, for a podpis zaufany, or for the paper.",
)
_NOTHING_TO_DO = Text(
    pl="Podpis zgadza się z dokumentem, a jego wystawca jest zaufany. Nic więcej nie trzeba robić.",
    en="The signature fits the document, and its issuer is trusted. There is nothing more to do.",
)
