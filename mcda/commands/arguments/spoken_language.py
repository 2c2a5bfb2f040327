"""In which language a command tells what it found."""

from __future__ import annotations

import argparse

from mcda.sentences.catalogue import languages


def add_language(parser: argparse.ArgumentParser) -> None:
    """Let a command speak another language than English."""
    help_text = f"one of {', '.join(languages())} (the question's, or else English, if not given)"
    parser.add_argument("--language", choices=languages(), help=help_text)
