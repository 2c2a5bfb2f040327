"""In which language a question's results are told."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from mcda.checks.arguments import check_word
from mcda.checks.faults import InputError
from mcda.checks.limits import LIMITS, Limits
from mcda.files.question.read_problem import read_sheets
from mcda.files.question.required_sheets.frame_rows import read_frame
from mcda.problem.model import Frame, Problem
from mcda.problem.screening import limit_word_of
from mcda.sentences.catalogue import ENGLISH, language, languages


def speaking_of(problem: Problem, spoken: str = "") -> AbstractContextManager[None]:
    """Tell every sentence inside in a language, the question's own if blank, with its word for limits."""
    return language(spoken or language_of(problem.frame), limit_word_of(problem))


def language_of(frame: Frame) -> str:
    """Return the language of a question's results; raises InputError for one without a catalogue.

    >>> language_of(Frame())
    'en'
    """
    language = frame.language.strip() or ENGLISH
    check_word(language, languages(), "question.toml, language")
    return language


def language_of_files(question: Path, limits: Limits = LIMITS) -> str:
    """Return the language that a question's files name; English where they can't be read.

    For whoever tells what doesn't rest on the rest of the files.
    """
    try:
        named = read_frame(read_sheets(question, limits))[0].language.strip()
    except (InputError, OSError):
        return ENGLISH
    return named if named in languages() else ENGLISH
