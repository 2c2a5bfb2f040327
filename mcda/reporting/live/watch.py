"""A watch over the files of a question: its state has a number that grows when they are saved."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mcda.checks.limits import LIMITS, Limits
from mcda.display.visible_text import visible
from mcda.reporting.live.fresh_answer import FreshAnswer, fresh_answer, stamp_of
from mcda.reporting.live.whole_report import WholeReport
from mcda.sentences.catalogue import language, spoken, told

EVERY = 0.2  # seconds between two looks: a saved file is shown well within a second and a half


class Watch:
    """The state of a question that is being edited, and the thread that looks at its files."""

    def __init__(
        self,
        question: Path,
        method: str,
        report: WholeReport | None,
        limits: Limits = LIMITS,
        structure: str | None = None,
        asked: str = "",
    ) -> None:
        self.question = question
        self.method = method
        self.report = report
        self.limits = limits
        self.structure = structure
        self.asked = asked  # a language that stays, whatever the files name
        self.language = asked or spoken()
        self.version = 0
        self.answer = FreshAnswer(question.name)
        self.computing = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_again, name="mcda watch", daemon=True)

    def start(self) -> None:
        """Begin to look at the files."""
        self._thread.start()

    def close(self) -> None:
        """Look no more, and stop a report that is being computed."""
        self._stop.set()
        self._thread.join()
        if self.report:
            self.report.close()

    def record(self) -> dict[str, Any]:
        """Return the state as plain data for the page."""
        with language(self.language):
            sentence = " ".join(self._sentences())
        return {
            "version": self.version,
            **self.answer.record(),
            "report": self.report.version if self.report else 0,
            "sentence": sentence,
            "alarm": bool(self.answer.faults or (self.report and self.report.complaint)),
        }

    def _sentences(self) -> Iterator[str]:
        if not self.version:
            yield told("watch.waiting")
        elif self.answer.faults:
            yield told("watch.faults", count=len(self.answer.faults))
        else:
            yield told("watch.fresh")
            yield from self._about_the_report()

    def _about_the_report(self) -> Iterator[str]:
        if self.report is None:
            return
        if self.computing:
            yield told("watch.computing")
        elif self.report.complaint:
            yield told("watch.failed", reason=visible(self.report.complaint))
        if self.report.version == self.version:
            yield told("watch.done")
        elif self.report.version:
            yield told("watch.older")

    def _look_again(self) -> None:
        seen = None
        known = None
        while True:
            stamp = stamp_of(self.question)
            # twice the same: a program that saves in steps has finished
            if stamp != known and stamp == seen:
                known = stamp
                self._refresh()
            seen = stamp
            if self.report:
                self.computing = self.report.look()
            if self._stop.wait(EVERY):
                return

    def _refresh(self) -> None:
        self.answer = fresh_answer(
            self.question, self.method, self.limits, self.structure, self.asked
        )
        self.language = self.answer.language or self.language
        self.version += 1
        if self.report and not self.answer.faults:
            self.report.start(self.version)
        elif self.report:
            self.report.stop()
