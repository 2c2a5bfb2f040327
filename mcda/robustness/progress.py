"""How far a long run is: a line on a terminal or in a notebook, nothing anywhere else."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from time import monotonic

PATIENCE = 1.0


@dataclass
class Progress:
    """Tells the share done and the time left, about once a second, once a run has taken one."""

    draws: int
    done: int = 0
    began: float = field(default_factory=monotonic)
    told: float = field(default_factory=monotonic)
    shown: bool = False

    def __post_init__(self) -> None:
        """Remember what had been done before."""
        self.before = self.done

    def add(self, draws: int) -> None:
        """Count draws as done."""
        self.done += draws
        if monotonic() - self.told >= PATIENCE and _watched():
            self.told, self.shown = monotonic(), True
            _show(self.line(self.told - self.began))

    def line(self, seconds: float) -> str:
        """Return the line that tells it after some seconds.

        >>> Progress(1000, 250).line(5.0)
        ' 25% of 1,000 draws'
        """
        rate = (self.done - self.before) / seconds
        left = f", {(self.draws - self.done) / rate:.0f} s left" if rate else ""
        return f"{self.done / self.draws:4.0%} of {self.draws:,} draws{left}"

    def end(self) -> None:
        """Clear the line."""
        if self.shown:
            _show("")


def _watched() -> bool:
    return "ipykernel" in sys.modules or sys.stderr.isatty()


def _show(line: str) -> None:
    if "ipykernel" in sys.modules and not sys.stderr.isatty():
        from IPython.display import clear_output

        clear_output(wait=True)
        print(line, flush=True)
    else:
        print(f"\r{line:<60}", end="" if line else "\r", file=sys.stderr, flush=True)
