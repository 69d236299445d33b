"""The published schemas, for tests that hold what is written against them."""

import io
from importlib.resources import files
from pathlib import Path

from lxml import etree

from rozlicz.messages.kinds import kind_of
from rozlicz.messages.message_kind import MessageKind
from rozlicz.messages.schemas.files import compiled_schema
from rozlicz.messages.wire.envelope import opened

SCHEMAS = Path(str(files("rozlicz.messages"))) / "schemas"


def fits(content: bytes, kind: MessageKind) -> bool:
    """Whether a message fits the schema of its kind."""
    return compiled_schema(kind.schema_path).validate(etree.fromstring(content))


def assert_published(message: io.BytesIO | bytes, type_: str) -> None:
    """A message, packed or not, is recognised as of that type and fits its schema."""
    file = io.BytesIO(message) if isinstance(message, bytes) else message
    found = kind_of(file)
    assert found.type == type_
    with opened(file) as stream:
        content = stream.read()
    assert fits(content, found), compiled_schema(found.schema_path).error_log
