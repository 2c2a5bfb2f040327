"""The terminal: no line of any command is wider, numbers stay whole, and a wide character takes two places."""

import os
import re
import sys
import unicodedata

import pytest

from mcda.cli import COMMANDS, main
from mcda.reporting.terminal.columns import columns
from mcda.reporting.terminal.lines import line_width, lines_of, shown_width, tell, wrapped

QUESTIONS = {"ukraine_force": "Paris", "heparin": "Published swing weights"}
ASKED = {
    "rank": ([], ["--holder", "HOLDER"], ["--holder", "HOLDER", "--method", "topsis"]),
    "weights": ([], ["--holder", "HOLDER"]),
    "robust": (["-n", "100"], ["-n", "100", "--any-weights"]),
    "check": ([],),
    "structure": (["--holder", "HOLDER"],),
    "statements": ([],),
    "challenge": (["--holder", "HOLDER", "-n", "100"],),
    "log": (["assumptions"], ["decisions"], ["data"], ["changes"], ["signoffs"]),
}
# whose next question is sought: every holder with statements is told of it in the same words, after seconds of search
NEXT = {"ukraine_force": ["--holder", "Paris"], "heparin": []}
WRITTEN = {
    "report": ["heparin", "--draws", "0", "--to", "html", "--out", "out"],
    "verify": ["out"],
    "figures": ["heparin", "-n", "100", "--out", "drawn"],
}  # what they print is the same for every question, and the Ukraine question takes them a minute each
WITH_EVENTS = {"consequences"}  # asked in a test of its own, on a question that has some
WITH_PARTS = {"packages"}  # asked of the one question that states parts
UNTIL_STOPPED = {"watch"}  # prints an address
ALONE = {"methods": [], "new": ["question.xlsx"], "lab": ["--copy-only"]}


def places(line):
    """How many places a line takes, counted apart from the code under test."""
    return sum(1 + (unicodedata.east_asian_width(char) in ("W", "F")) for char in line)


def printed(words, capsys):
    """What a command prints for a person."""
    assert main(words) == 0
    return capsys.readouterr().out


def wider(commands, capsys):
    """The lines of commands that are wider than 80 places; each command prints something."""
    lines = {tuple(words): printed(words, capsys).splitlines() for words in commands}
    assert all(lines.values())
    return {
        words: wide
        for words, told in lines.items()
        if (wide := [line for line in told if places(line) > 80])
    }


def test_every_command_is_asked():
    """A new command is asked too."""
    every = {*ASKED, *WRITTEN, *WITH_EVENTS, *WITH_PARTS, *ALONE, *UNTIL_STOPPED}
    assert every == set(COMMANDS)


def test_packages_fit(capsys, monkeypatch):
    """The tables of packages, of parts and of draws, and what is told where none is left."""
    monkeypatch.setenv("COLUMNS", "80")
    asked = ["packages", "ukraine_force"]
    drawn = [*asked, "--aim", "prior_votes", "--least", "C1.1=14", "-n", "5", "--full"]
    assert wider([asked, drawn, [*asked, "--least", "C1.1=30"]], capsys) == {}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_line_about_a_question_is_wider_than_the_terminal(question, capsys):
    """Every command that tells of a question, on the Ukraine question and on a published one, at 80 characters."""
    holder = QUESTIONS[question]
    commands = [
        [name, question, *(holder if word == "HOLDER" else word for word in more)]
        for name, every in ASKED.items()
        for more in every
    ]
    commands.append(["statements", question, "--next", *NEXT[question]])
    assert wider(commands, capsys) == {}


def test_no_other_line_is_wider_than_the_terminal(capsys, monkeypatch, tmp_path):
    """What commands print that write files or ask for no question."""
    monkeypatch.chdir(tmp_path)
    assert wider([[name, *more] for name, more in {**WRITTEN, **ALONE}.items()], capsys) == {}


@pytest.mark.parametrize("width", [60, 80, 160])
def test_a_wider_terminal_is_used(width, capsys, monkeypatch):
    """The lines follow COLUMNS, and a table that has room has a row a line."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = printed(["methods"], capsys).splitlines()
    assert min(width, 130) - 12 < max(map(places, lines)) <= width
    assert (sum(line.startswith(" " * 30) for line in lines) == 0) == (width == 160)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits(name, capsys):
    """What a command takes is told in lines that fit."""
    with pytest.raises(SystemExit):
        main([name, "--help"])
    assert max(map(places, capsys.readouterr().out.splitlines())) <= 80


def test_wide_characters_take_two_places():
    """Texts of an East Asian script line up and break without blanks; an accent of its own takes no place."""
    assert (shown_width("北京"), shown_width("Ёлка"), shown_width("e\u0301")) == (4, 4, 1)
    assert lines_of("北京市。东城区", 6) == ["北京", "市。东", "城区"]
    told = columns([["北京" * 40, 1.5], ["Rome", 22.0]], ["place", "n"]).splitlines()
    assert max(map(places, told)) <= 80 and len(told) > 4
    ends = [
        places(line[: line.index(number)]) + len(number)
        for line, number in zip((told[2], told[-1]), ("1.5", "22.0"), strict=True)
    ]
    assert ends[0] == ends[1]


def test_paragraphs_hang_and_paths_stay_whole(monkeypatch):
    """What goes on is indented as its line, or further; a word that no line holds is not divided."""
    monkeypatch.setenv("COLUMNS", "40")
    told = wrapped("  one two three four five six seven eight nine", hang=2)
    assert told == "  one two three four five six seven\n    eight nine"
    path = "/a/very/long/path/that/no/line/of/this/terminal/can/hold.csv"
    assert wrapped(f"written to {path}") == f"written to\n{path}"
    assert wrapped("short\n\nlines") == "short\n\nlines"


def test_numbers_are_never_broken(monkeypatch):
    """A range stays one piece where texts and headers give way; what fits in no way goes on in a table below."""
    monkeypatch.setenv("COLUMNS", "60")
    ranges = [f"{at}5 ({at}0 to {at + 1}0)" for at in range(1, 7)]
    header = ["holder", *(f"a head of some length {at}" for at in range(6))]
    told = columns([["Fiscal-hawk treasury", *ranges], ["Rome", *ranges]], header)
    assert max(map(places, told.splitlines())) <= 60
    assert [told.count(one) for one in ranges] == [2] * 6
    tables = told.split("\n\n")
    assert len(tables) > 1 and all("holder" in table and "Rome" in table for table in tables)


def test_headers_give_way_before_texts(monkeypatch):
    """A header of several words goes over several lines, and no row does."""
    monkeypatch.setenv("COLUMNS", "40")
    told = columns(
        [["OPT01", "a label of some words", 1]], ["option", "label", "a long header"]
    ).splitlines()
    assert len(told) == 4 and told[-1].endswith("1") and re.fullmatch(r" *a long", told[0])


def test_a_message_is_one_line_in_a_file_and_wrapped_on_a_terminal(capsys, monkeypatch):
    """So that a file of messages can be searched."""
    message = "a message of more words than one line of the terminal that it is told on can hold, by a few words"
    tell(message)
    assert capsys.readouterr().err == f"mcda: {message}\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    tell(message)
    first, second = capsys.readouterr().err.splitlines()
    assert (
        len(first) <= 80
        and second.startswith("  ")
        and f"{first} {second.strip()}" == f"mcda: {message}"
    )


@pytest.mark.parametrize(("given", "width"), [("", 80), ("none", 80), ("7", 40), ("100", 100)])
def test_the_width_is_80_where_nothing_says_it(given, width, monkeypatch):
    """COLUMNS that is no number is left aside; nothing is laid out for a line that can't hold it."""
    monkeypatch.setenv("COLUMNS", given)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: (_ for _ in ()).throw(OSError))
    assert line_width() == width
