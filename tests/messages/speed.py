"""How long reading takes against what the parser itself needs for the same file."""

import time
from collections.abc import Callable
from xml.parsers import expat

ROUNDS = 7


def bare_parse(content: bytes) -> None:
    parser = expat.ParserCreate(None, " ")
    parser.StartElementHandler = lambda _name, _attributes: None
    parser.EndElementHandler = lambda _name: None
    for at in range(0, len(content), 65_536):
        parser.Parse(content[at : at + 65_536])
    parser.Parse(b"", True)


def seconds(act: Callable[[bytes], None], content: bytes) -> float:
    begin = time.process_time()
    act(content)
    return time.process_time() - begin


def times_the_parser(read: Callable[[bytes], None], content: bytes) -> float:
    """Reading ÷ parsing, each the fastest of a few rounds, so that a busy machine changes little."""
    rounds = [(seconds(bare_parse, content), seconds(read, content)) for _ in range(ROUNDS)]
    bare, ours = (min(times) for times in zip(*rounds, strict=True))
    return ours / bare
