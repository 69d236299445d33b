"""The published schemas, for tests that hold what is written against them."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

SCHEMAS = Path(str(files("rozlicz.messages"))) / "schemas"


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd"))


def assert_fits(content: bytes, name: str) -> None:
    document = etree.fromstring(content)
    assert schema(name).validate(document), schema(name).error_log
