"""How far a long run is: a line on a terminal or in a notebook, nothing anywhere else."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from mcda.checks.significant_digits import fixed, percent
from mcda.display.progress_line import is_watched, write_over
from mcda.sentences.catalogue import counted, told

PATIENCE = 1.0  # seconds that nobody minds to wait without a word


@dataclass
class Progress:
    """Tells the share done and the time left, about once a second, once a run has taken one."""

    draws: int
    done: int = 0
    began: float = field(default_factory=monotonic)
    told: float = field(default_factory=monotonic)
    shown: bool = False
    held: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Remember what had been done before."""
        self.before = self.done

    def add(self, draws: int) -> None:
        """Count draws as done."""
        self.done += draws
        if monotonic() - self.told >= PATIENCE and _watched():
            self.told = monotonic()
            self.shown = True
            _show(self.line(self.told - self.began), self.held)

    def line(self, seconds: float) -> str:
        """Return the line that shows the progress after some seconds.

        >>> Progress(1000, 250).line(5.0)
        ' 25% of 1,000 draws'
        """
        rate = (self.done - self.before) / seconds
        share = f"{percent(self.done / self.draws):>4}"
        so_far = told("progress.draws", share=share, draws=counted(self.draws, "draw"))
        if not rate:
            return so_far
        left = fixed((self.draws - self.done) / rate)
        return told("progress.time_left", so_far=so_far, seconds=left)

    def end(self) -> None:
        """Clear the line."""
        if self.shown:
            _show("", self.held)


def _watched() -> bool:
    return _in_notebook() or is_watched()


def _in_notebook() -> bool:
    """Return whether a Jupyter kernel runs this: that its package was imported doesn't say so."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")


def _show(line: str, lines: list[Any]) -> None:
    """Show the line in place of the one before.

    `lines` keeps a notebook's place for the line, so that nothing else is lost.
    """
    if not _in_notebook():
        write_over(line)
        return
    from IPython.display import Pretty, display

    if lines:
        lines[0].update(Pretty(line))
    else:
        lines.append(display(Pretty(line), display_id=True))
