"""In which language a command tells what it found."""

from __future__ import annotations

import argparse

from mcda.problem.model import Frame, Problem
from mcda.problem.screening import limit_word_of
from mcda.reporting.study.question_language import language_of
from mcda.sentences.catalogue import language, languages


def add_language(parser: argparse.ArgumentParser, of: str = "the question's") -> None:
    """Let a command speak another language than English."""
    help_text = f"one of {', '.join(languages())} ({of}, or else English, if not given)"
    parser.add_argument("--language", choices=languages(), help=help_text)


def speak(given: argparse.Namespace, about: Problem | Frame | None = None) -> str:
    """Tell what follows, until the command ends, in the language asked for, else the question's.

    Of a question, its limits are called what they are. Only when everything was read: numbers are
    then written as the language has them, and files are not. Returns the language.
    """
    frame = about.frame if isinstance(about, Problem) else about
    limit = ""
    if isinstance(about, Problem):
        typed = [text.partition("=")[0].strip() for text in getattr(given, "floor", ())]
        limit = limit_word_of(about, typed)
    spoken: str = given.language or language_of(frame or Frame())
    given.within.enter_context(language(spoken, limit))
    return spoken
