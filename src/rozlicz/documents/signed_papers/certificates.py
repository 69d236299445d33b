"""What a certificate says of its owner: a name without numbers of persons, and whether it calls itself qualified."""

from __future__ import annotations

import re

from asn1crypto import x509
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements

from rozlicz.documents.signed_papers import Declared, Purpose
from rozlicz.kernel.texts import excerpt

_LONGEST_NAME = 120
_PESEL = re.compile(r"\d{11}")
_NAMING = ("common_name", "organization_name", "organizational_unit_name")
_PERSON = ("given_name", "surname")

_PURPOSES = {
    "qct_esign": Purpose.SIGNATURE,
    "qct_eseal": Purpose.SEAL,
    "qct_web": Purpose.WEBSITE,
}

_SEAL_OF_PODPIS_ZAUFANY = "pieczęć podpisu zaufanego"
"""In the common name of the ministry's certificate, as public descriptions of signed files quote it."""
_IN_WHOSE_NAME = re.compile(r"w imieniu:?\s*(.+)", re.DOTALL)
"""In the reason of such a signature, as one public description quotes it; no such file was at hand."""


def name_of(name: x509.Name) -> str:
    """Whom a distinguished name means; its serial number, which may hold a PESEL, is left out."""
    parts = name.native
    person = " ".join(str(parts[part]) for part in _PERSON if parts.get(part))
    found = [str(parts[part]) for part in _NAMING if parts.get(part)]
    return without_numbers(found[0] if parts.get("common_name") else person or "".join(found[:1]) or "?")


def without_numbers(words: str) -> str:
    """Foreign words as a page may show them: short, and without anything that looks like a PESEL."""
    return excerpt(_PESEL.sub("…", words), _LONGEST_NAME)


def declared_by(certificate: x509.Certificate) -> Declared:
    """What the certificate declares in its QCStatements (ETSI EN 319 412-5); unreadable ones declare nothing."""
    qualified = in_device = False
    purpose = Purpose.NOT_STATED
    try:
        for statement in get_qc_statements(certificate):
            match statement["statement_id"].native:
                case "qc_compliance":
                    qualified = True
                case "qc_sscd":
                    in_device = True
                case "qc_type":
                    purpose = _purpose(statement["statement_info"].native)
    except (ValueError, TypeError, KeyError):
        return Declared()
    return Declared(qualified=qualified, purpose=purpose, in_device=in_device)


def _purpose(types: list[str]) -> Purpose:
    """Of several purposes none is the stated one."""
    return _PURPOSES.get(types[0], Purpose.NOT_STATED) if len(types) == 1 else Purpose.NOT_STATED


def is_of_podpis_zaufany(certificate: x509.Certificate) -> bool:
    """Whether the certificate calls itself the ministry's seal of *podpis zaufany*; anybody's may."""
    return _SEAL_OF_PODPIS_ZAUFANY in name_of(certificate.subject).casefold()


def person_in(reason: str) -> str:
    """The person in whose name the ministry sealed, out of the signature's reason; all of it in another form."""
    found = _IN_WHOSE_NAME.search(reason)
    return without_numbers((found[1] if found else reason).strip()).strip(" ,;")
