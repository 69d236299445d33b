"""However a message is damaged, it is read or refused; nothing else ever happens."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.envelope import MessageRefused, packed
from rozlicz.messages.fakt_rach import read_bill
from rozlicz.messages.p_swi import ReplyReader
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.messages.root import recognise
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.umx import read_umx

EXAMPLES = Path(__file__).parents[2] / "examples"
READERS = {
    "umowa-krotka.umx": read_umx,
    "raport.swx": lambda source: list(SwiadReader(source, batch_size=3)),
    "odpowiedz.swz": lambda source: list(ReplyReader(source)),
    "szablony.zrz": read_r_umx,
    "faktura-korygujaca.efx": read_bill,
}
PIECES = [
    b"<", b">", b"&", b'"', b"'", b"/", b"=", b" ", b"\n", b"\0", b"\xff", b"\xc2\x80", b"]]>", b"<!--", b"-->",
    b"<![CDATA[", b"<?x ", b"&#0;", b"&#x110000;", b"&lt;", b"<!DOCTYPE x>", b' xmlns=""', b' xmlns:nfz="x"', b"T",
    b"-1", b"9" * 30, b"1e9", b"NaN", "٣".encode(), b'encoding="UTF-16"', b"<nfz:poz-rozlicz/>", b"</komunikat>",
]  # fmt: skip


@st.composite
def damages(draw) -> list[tuple[float, float, bytes]]:
    """Places (as shares of the file), lengths that are cut out there, and what is put in instead."""
    place = st.floats(0, 1)
    length = st.sampled_from([0.0, 0.0, 0.001, 0.01, 0.3])
    return draw(
        st.lists(st.tuples(place, length, st.sampled_from(PIECES) | st.binary(max_size=3)), max_size=4)
    )


def damaged(content: bytes, changes: list[tuple[float, float, bytes]]) -> bytes:
    for place, length, put in changes:
        at = int(place * len(content))
        content = content[:at] + put + content[at + int(length * len(content)) :]
    return content


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(changes=damages(), zipped=st.booleans(), after_packing=st.booleans())
def test_a_damaged_message_is_read_or_refused(name, changes, zipped, after_packing) -> None:
    content = (EXAMPLES / name).read_bytes()
    if zipped and after_packing:
        content = damaged(packed(content, "a.xml"), changes)
    else:
        content = damaged(content, changes)
        content = packed(content, "a.xml") if zipped else content
    for read in (READERS[name], recognise):
        with suppress(MessageRefused):
            read(io.BytesIO(content))


@pytest.mark.parametrize("name", READERS)
def test_every_cut_is_refused(name: str) -> None:
    content = (EXAMPLES / name).read_bytes().rstrip()
    for length in range(0, len(content), 41):
        with pytest.raises(MessageRefused):
            READERS[name](io.BytesIO(content[:length]))
