"""Draft, assured or approved: the log of sign-offs on exactly these inputs and results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mcda.problem.model import Frame
from mcda.reporting import language as words


@dataclass(frozen=True)
class Status:
    """The state of a report: "draft", "assured" or "approved".

    It says who signed and when, and what was refused as a sign-off.
    """

    state: str = "draft"
    assurer: str = ""
    assured_on: str = ""
    approver: str = ""
    approved_on: str = ""
    notes: tuple[str, ...] = ()

    @property
    def stamp(self) -> str:
        """The words on every page."""
        return words.told(f"status.stamp_{self.state}")

    @property
    def sentence(self) -> str:
        """The state as a sentence with names and dates."""
        return words.told(
            f"status.{self.state}",
            assurer=self.assurer,
            assured_on=words.day(self.assured_on),
            approver=self.approver,
            approved_on=words.day(self.approved_on),
        )


def status(
    frame: Frame, signoffs: Iterable[Mapping[str, Any]], inputs: str, results: str
) -> Status:
    """Return the state that the sign-offs give these inputs and results, each by its hash.

    A sign-off counts when both hashes are the ones it was given for. The one who assures must not
    be the analyst, and nothing is approved that is not assured. A sign-off for something else is
    reported only where none of its kind counts: a later, valid one supersedes it.
    """
    signed = {"assured": ("", ""), "approved": ("", "")}
    notes = []
    outdated = []
    for entry in signoffs:
        who = str(entry["who"])
        state = str(entry["state"])
        changed = _changed(entry, inputs, results)
        if changed:
            outdated.append((state, words.told("status.changed", what=words.listed(changed))))
        elif state == "assured" and who.strip().casefold() == frame.analyst.strip().casefold():
            notes.append(words.told("status.same_person", name=who))
        elif state in signed:
            signed[state] = (who, str(entry["date"]))
    notes += [note for state, note in outdated if not signed.get(state, ("", ""))[0]]
    (assurer, assured_on) = signed["assured"]
    (approver, approved_on) = signed["approved"]
    state = "draft"
    if assurer:
        state = "approved" if approver else "assured"
    return Status(state, assurer, assured_on, approver, approved_on, tuple(dict.fromkeys(notes)))


def _changed(entry: Mapping[str, Any], inputs: str, results: str) -> list[str]:
    now = {"inputs": inputs, "results": results}
    return [name for name, there in now.items() if entry[name] != there]
