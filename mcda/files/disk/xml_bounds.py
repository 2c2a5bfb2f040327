"""XML of a stranger, counted before it is read: elements, levels, no document type, no entity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import HIGHER, Limits

BLOCK = 1 << 16  # bytes read at a time: little memory, few calls
Counted = Callable[[Mapping[str, str]], int]


@dataclass
class Bounds:
    """How much of each kind was met so far, and the most that is allowed.

    `weights` says for a name of an element what it counts as, and how often.
    """

    most: Mapping[str, int]
    weights: Mapping[str, tuple[str, Counted]] = field(default_factory=dict)
    met: dict[str, int] = field(default_factory=dict)

    def meet(self, kind: str, count: int, where: str) -> None:
        """Count some more of a kind; raises InputError above the most."""
        self.met[kind] = self.met.get(kind, 0) + count
        if self.met[kind] > self.most[kind]:
            expected = f"at most {self.most[kind]:,} {kind}"
            raise InputError(Fault(where, expected, "more", HIGHER))


def elements_within(limits: Limits) -> Bounds:
    """Return bounds on elements and their levels alone."""
    return Bounds({"elements": limits.elements, "levels": limits.depth})


def check_xml(stream: IO[bytes], where: str, bounds: Bounds, *, may_declare: bool = False) -> None:
    """Go through XML once; raises InputError for what is no XML or more than is allowed.

    A document type is refused, as it may hold entities, unless it `may_declare` one.
    """
    from xml.parsers import expat

    seen = _Seen(where, bounds)
    parser = expat.ParserCreate()
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    if not may_declare:
        parser.StartDoctypeDeclHandler = seen.refuse_doctype
    try:
        while block := stream.read(BLOCK):
            parser.Parse(block)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        found = f"a damaged part ({error})"
        raise InputError(Fault(where, "XML", found, "save it again")) from None


@dataclass
class _Seen:
    """Where in a document the parser is."""

    place: str
    bounds: Bounds
    level: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.level += 1
        if self.level > self.bounds.most["levels"]:
            expected = f"at most {self.bounds.most['levels']:,} levels of elements"
            raise InputError(Fault(self.place, expected, "more", HIGHER))
        self.bounds.meet("elements", 1, self.place)
        plain = name.rpartition(":")[2]
        if plain in self.bounds.weights:
            kind, counted = self.bounds.weights[plain]
            self.bounds.meet(kind, counted(attributes), self.place)

    def end(self, name: str) -> None:
        self.level -= 1

    def refuse_doctype(self, *_: object) -> None:
        remedy = "do not open it: it may be an attack"
        raise InputError(Fault(self.place, "XML without entities", "a document type", remedy))
