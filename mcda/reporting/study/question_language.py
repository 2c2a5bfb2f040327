"""In which language a question's results are told."""

from __future__ import annotations

from mcda.checks.arguments import check_word
from mcda.problem.model import Frame
from mcda.sentences.catalogue import ENGLISH, languages


def language_of(frame: Frame) -> str:
    """Return the language of a question's results; raises InputError for one without a catalogue.

    >>> language_of(Frame())
    'en'
    """
    language = frame.language.strip() or ENGLISH
    check_word(language, languages(), "question.toml, language")
    return language
