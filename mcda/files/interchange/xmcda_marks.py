"""What listings of XMCDA say of their ids: a mark holds wherever it stands, in any file and in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mcda.checks.faults import Fault, Faults, known
from mcda.files.tables.sheets import Note

FICTIVE = re.compile(r"\s*fictiv", re.IGNORECASE)
INACTIVE = ("false", "0")


@dataclass
class Marks:
    """The ids of one kind that were listed, their names, and which of them stand for nothing that counts.

    `listings` and `entry` are the tags of that kind, such as "alternatives" and "alternative".
    """

    listings: str
    entry: str
    listed: dict[str, None] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    inactive: dict[str, None] = field(default_factory=dict)
    fictive: dict[str, None] = field(default_factory=dict)

    def add(self, root: Any, place: str, faults: Faults) -> None:
        """Add what the listings of one file say; an id that stands twice in one of them is a fault."""
        met: dict[str, tuple[str, str]] = {}
        for listing in root.iterfind(self.listings):
            entries = listing.findall(self.entry)
            faults.extend(self._repeats(entries, place))
            for entry in entries:
                words = entry.get("name", ""), _text(entry, "active").lower()
                faults.extend(self._contradictions(entry, words, met, place))
                met[entry.get("id", "")] = words
                self._mark(entry, listing.get("mcdaConcept", ""))

    def _repeats(self, entries: Iterable[Any], place: str) -> Iterator[Fault]:
        keys = [entry.get("id", "").strip() for entry in entries]
        for key in dict.fromkeys(keys):
            where = f"{place}, {self.entry} '{key}'"
            if not key:
                yield Fault(where, "an id", "none", "give each an id of its own")
            elif keys.count(key) > 1:
                yield Fault(where, "every id once", f"it {keys.count(key)} times", "keep one")

    def _contradictions(
        self, entry: Any, words: tuple[str, str], met: dict[str, tuple[str, str]], place: str
    ) -> Iterator[Fault]:
        """Go through what another listing of the same file says otherwise of an id."""
        key = entry.get("id", "")
        for what, now, before in zip(("name", "mark"), words, met.get(key, ("", "")), strict=True):
            if now and before and now != before:
                where = f"{place}, {self.entry} '{key}'"
                yield Fault(where, f"one {what}", known((before, now)), "keep one")

    def _mark(self, entry: Any, concept: str) -> None:
        key = entry.get("id", "")
        name = entry.get("name", "")
        self.listed[key] = None
        if name and name not in self.names.setdefault(key, []):
            self.names[key].append(name)
        if _text(entry, "active").lower() in INACTIVE:
            self.inactive[key] = None
        if any(map(FICTIVE.match, (concept, entry.get("mcdaConcept", ""), _text(entry, "type")))):
            self.fictive[key] = None

    def labels(self) -> dict[str, str]:
        """Return the first name of each id that has one."""
        return {key: names[0] for key, names in self.names.items() if names}

    def notes(self, name: str) -> Iterator[Note]:
        """Go through what is left out for its mark, and what has several names."""
        for key in self.inactive:
            yield Note(name, f"{self.entry} '{key}'", "inactive: left out")
        for key in self.fictive:
            if key not in self.inactive:
                yield Note(name, f"{self.entry} '{key}'", "fictive: left out")
        for key, names in self.names.items():
            if len(names) > 1:
                yield Note(name, f"{self.entry} '{key}', called {known(names)}", f"'{names[0]}'")

    def counted(self, used: Iterable[str]) -> list[str]:
        """Return the ids that count: those listed, or all that are used where none is, without those marked."""
        return [
            key
            for key in self.listed or used
            if key not in self.inactive and key not in self.fictive
        ]


def _text(entry: Any, tag: str) -> str:
    return (entry.findtext(tag) or "").strip()
