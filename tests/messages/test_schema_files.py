"""Schemas are compiled from the files beside them, never from the network."""

from pathlib import Path

import pytest
from lxml import etree

from rozlicz.messages.schemas.files import compiled_schema

INCLUDING = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <xs:include schemaLocation="{place}"/>
 <xs:element name="a" type="Letter"/>
</xs:schema>"""
INCLUDED = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <xs:simpleType name="Letter"><xs:restriction base="xs:string"><xs:length value="1"/></xs:restriction></xs:simpleType>
</xs:schema>"""


@pytest.mark.parametrize(
    "place",
    ["part.xsd", "http://example.org/schemas/part.xsd", "https://example.org/part.xsd", "../x/part.xsd"],
)
def test_what_a_schema_includes_is_the_file_beside_it(tmp_path: Path, place: str) -> None:
    (tmp_path / "whole.xsd").write_text(INCLUDING.format(place=place))
    (tmp_path / "part.xsd").write_text(INCLUDED)
    schema = compiled_schema(tmp_path / "whole.xsd")
    assert schema.validate(etree.fromstring("<a>x</a>"))
    assert not schema.validate(etree.fromstring("<a>xx</a>"))


@pytest.mark.parametrize("place", ["http://example.org/part.xsd", "/etc/passwd", "part.xsd"])
def test_a_schema_whose_part_is_not_beside_it_is_none(tmp_path: Path, place: str) -> None:
    (tmp_path / "whole.xsd").write_text(INCLUDING.format(place=place))
    with pytest.raises(etree.XMLSchemaParseError):
        compiled_schema(tmp_path / "whole.xsd")
