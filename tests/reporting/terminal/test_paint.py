"""Colour at a terminal: heads are set apart, and nothing is coloured where nobody sees it or somebody minds."""

import io
import re

import pytest

from mcda.reporting.terminal import paint
from mcda.reporting.terminal.columns import columns

TABLE = "Title\n\nA finding.\n\n" + columns([["OPT01", 0.58]], ["an option", "score"])


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Standard output as a terminal of an ordinary kind."""
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(paint.os, "name", "posix")
    return Terminal()


def test_a_terminal_shows_colour_and_a_file_none(terminal):
    """The same words, with signs between them."""
    assert paint.in_colour(terminal) and not paint.in_colour(io.StringIO())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_who_asks_for_no_colour_gets_none(terminal, monkeypatch, name, value):
    """As no-color.org has it."""
    monkeypatch.setenv(name, value)
    assert not paint.in_colour(terminal)


def test_only_the_signs_of_colour_are_added():
    """Title, heads and rules; a finding and the numbers stay as they are."""
    painted = paint.painted(TABLE)
    assert re.sub(r"\033\[\d*m", "", painted) == TABLE
    lines = painted.splitlines()
    assert lines[0] == f"{paint.BOLD}Title{paint.PLAIN}" and lines[2] == "A finding."
    assert lines[4].startswith(paint.HEAD) and lines[5].startswith(paint.DIM)
    assert "\033" not in lines[6]


def test_a_message_begins_in_another_colour(terminal, monkeypatch):
    """Its first word alone, which names the command."""
    monkeypatch.setattr(paint.sys, "stderr", terminal)
    assert paint.alarmed("mcda: a fault") == f"{paint.ALARM}mcda:{paint.PLAIN} a fault"
    monkeypatch.setattr(paint.sys, "stderr", io.StringIO())
    assert paint.alarmed("mcda: a fault") == "mcda: a fault"
