"""Issuing a paper so that it can later be told whether anything but signatures was added."""

from __future__ import annotations

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader


def signable(paper: bytes) -> bytes:
    """The paper with an empty form, to which programs add their signatures.

    Only so can later be told that they added nothing else. The update is written by hand: pyHanko's own writer adds
    the present time and random numbers, and the same paper would never be the same bytes twice.
    """
    reader = PdfFileReader(io.BytesIO(paper))
    catalogue, form = reader.root_ref.idnum, int(reader.trailer["/Size"])
    root = generic.DictionaryObject(reader.root)
    root["/AcroForm"] = generic.IndirectObject(form, 0, reader)
    written = io.BytesIO()
    written.write(paper if paper.endswith(b"\n") else paper + b"\n")
    places = {}
    for number, value in (
        (catalogue, root),
        (form, generic.DictionaryObject({"/Fields": generic.ArrayObject()})),
    ):
        places[number] = written.tell()
        written.write(b"%d 0 obj\n" % number)
        value.write_to_stream(written, None)
        written.write(b"\nendobj\n")
    trailer = generic.DictionaryObject(reader.trailer.flatten())
    trailer["/Size"] = generic.NumberObject(form + 1)
    trailer["/Prev"] = generic.NumberObject(reader.last_startxref)
    table = written.tell()
    written.write(b"xref\n")
    for number, place in sorted(places.items()):
        written.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    written.write(b"trailer\n")
    trailer.write_to_stream(written, None)
    written.write(b"\nstartxref\n%d\n%%%%EOF\n" % table)
    return written.getvalue()
