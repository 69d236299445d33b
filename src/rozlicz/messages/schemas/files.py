"""Schemas made ready for use, without the network: what a schema includes or imports is the file beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import urlsplit

from lxml import etree


class _Beside(etree.Resolver):
    """Finds what a schema refers to in the schema's own folder, by the file's name, whatever address stands there.

    The Ministry of Finance refers to its schemas by web addresses; they come with the files beside each other.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def resolve(self, system_url: str | None, _public_id: str | None, *context: Any) -> Any:
        """The file with the last part of the address as its name; nothing else is ever opened."""
        # lxml's stubs know neither the context nor what answers with it.
        answer = cast("Any", self)
        path = self._folder / PurePosixPath(urlsplit(system_url or "").path).name
        if path.is_file():
            return answer.resolve_filename(str(path), *context)
        return answer.resolve_empty(*context)


@cache
def compiled_schema(path: Path) -> etree.XMLSchema:
    """The schema of that file. A file that is no schema, or lacks one beside it, raises lxml's error."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    parser.resolvers.add(_Beside(path.parent))
    return etree.XMLSchema(etree.parse(path, parser))
