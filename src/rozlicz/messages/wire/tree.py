"""Messages small enough to be read as a whole: a tree of elements whose values are taken out by type.

A reader takes what it knows; `everything_read` then refuses whatever is left, or `unread` lists it where a foreign
document may say more, so that nothing in a contract, template or bill is ever dropped silently.
"""

from __future__ import annotations

from collections.abc import Collection

from rozlicz.messages.header import Header
from rozlicz.messages.wire.envelope import Opened, Source, opened
from rozlicz.messages.wire.limits import DOCUMENT_LIMITS, Limits
from rozlicz.messages.wire.refusals import excerpt
from rozlicz.messages.wire.root import HEADER_NAMES, ROOT, header_of, wrong_root
from rozlicz.messages.wire.stream import Attributes, Walker
from rozlicz.messages.wire.tree_element import XML_BLANKS, Element

__all__ = ["SIGNATURE", "Element", "Grower", "header_of_tree", "read_tree"]

SIGNATURE = "http://www.w3.org/2000/09/xmldsig# Signature"


def read_tree(
    source: Source,
    *,
    namespace: str,
    root: str = ROOT,
    signature: bool = False,
    texts: bool = False,
    limits: Limits = DOCUMENT_LIMITS,
) -> Element:
    """The whole message as a tree; `namespace` and `root` are those it must have.

    With `signature`, XML signatures below the root are passed over: they cover the bytes, and are checked there.
    With `texts`, text between tags is kept as the elements' `content`; otherwise it is refused.
    """
    with opened(source, limits=limits) as stream:
        return Grower(stream, namespace, limits, root=root, signature=signature, texts=texts).grown()


def header_of_tree(root: Element, *, kind: str | tuple[str, ...], versions: Collection[str] = ()) -> Header:
    """The header of a message read as a tree. `versions` are those that are read; none: any."""
    attributes = {name: root.attributes.pop(name) for name in HEADER_NAMES if name in root.attributes}
    header = header_of(attributes, kind=kind, namespace=root.namespace, line=root.line)
    if versions and header.version not in versions:
        found, read = excerpt(header.version) or "–", ", ".join(versions)
        raise root.refusal("version", kind=header.kind, found=found, read=read)
    return header


class Grower:
    """Builds the tree of a message while the walker goes."""

    def __init__(
        self,
        stream: Opened,
        namespace: str,
        limits: Limits,
        *,
        root: str = ROOT,
        signature: bool = False,
        texts: bool = False,
    ) -> None:
        self._namespace = namespace
        self._limits = limits
        self._root_name = root
        self._signature = signature
        self._root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self._total = 0
        self._depth = 0
        self._walker = Walker(
            stream,
            where=lambda: self._open[-1].path if self._open else "",
            progress=lambda: self._total,
            limits=limits,
        )
        self._walker.use(self._start, self._end)
        self._text = self._keep_text if texts else self._refuse_text
        self._walker.read_text_with(self._text)

    def step(self) -> bool:
        """Walk one piece of the file; False at its end."""
        return self._walker.step()

    def grown(self) -> Element:
        """The whole tree."""
        self._walker.run()
        if self._root is None:
            raise self._walker.refusal("cut-off")
        return self._root

    def _start(self, name: str, attributes: Attributes) -> None:
        parent = self._open[-1] if self._open else None
        if parent is None and name != f"{self._namespace} {self._root_name}":
            raise wrong_root(name, root=self._root_name, namespace=self._namespace, line=self._walker.line)
        if self._signature and name == SIGNATURE and len(self._open) == 1:
            self._pass_over()
            return
        if parent is not None and parent.content:
            raise parent.refusal("text-mixed", text=excerpt(parent.content.strip()))
        self._check(len(attributes))
        element = Element(name, attributes, line=self._walker.line, namespace=self._namespace, parent=parent)
        self._root = self._root or element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _keep_text(self, text: str) -> None:
        """Text of an element without children; blanks between elements are none."""
        element = self._open[-1]
        if element.content or text.strip(XML_BLANKS):
            if element.has_children:
                raise element.refusal("text-mixed", text=excerpt(text.strip()))
            element.content += text

    def _refuse_text(self, text: str) -> None:
        if text.strip():
            raise self._open[-1].refusal("text", text=excerpt(text.strip()))

    def _check(self, attributes: int) -> None:
        limits = self._limits
        self._count += 1
        self._total += 1
        if self._count > limits.max_elements:
            raise self._walker.refusal("too-many-elements", limit=limits.max_elements)
        if len(self._open) >= limits.max_depth:
            raise self._walker.refusal("too-deep", limit=limits.max_depth)
        if attributes > limits.max_attributes:
            raise self._walker.refusal("too-many-attributes", count=attributes, limit=limits.max_attributes)

    def _pass_over(self) -> None:
        """Ignore everything up to the end of the signature that begins here."""
        self._depth = 1
        self._walker.use(self._signature_start, self._signature_end)
        self._walker.read_text_with(lambda _text: None)

    def _signature_start(self, _name: str, attributes: Attributes) -> None:
        self._depth += 1
        self._check(len(attributes))
        if self._depth > self._limits.max_depth:
            raise self._walker.refusal("too-deep", limit=self._limits.max_depth)

    def _signature_end(self, _name: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._walker.use(self._start, self._end)
            self._walker.read_text_with(self._text)
