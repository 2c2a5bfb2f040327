"""The page of terms says the words that the catalogues of sentences have."""

import re
from pathlib import Path

import pytest

from mcda.sentences import catalogue as place
from mcda.sentences.catalogue import languages

ROOT = Path(__file__).parents[2]
CATALOGUES = Path(place.__file__).with_name("catalogue")
ROW = re.compile(r"^\| (.+) \| (.+) \| (.+) \|$", re.M)
ENDING = 3  # letters that a case may change, where as many are left before them


def terms():
    """The rows of the table: the English words, then those of every other language in the order of codes."""
    page = (ROOT / "docs" / "about" / "terms.md").read_text(encoding="utf-8")
    return ROW.findall(page)[1:]


@pytest.mark.parametrize(("column", "name"), list(enumerate(sorted(set(languages()) - {"en"}), 1)))
def test_every_term_is_used(column, name):
    """By the beginning of each of its words, in whatever case."""
    text = (CATALOGUES / f"{name}.toml").read_text(encoding="utf-8").lower()
    words = {word for row in terms() for word in re.findall(r"[^\W\d_]+", row[column])}
    unused = [word for word in words if word[: max(ENDING, len(word) - ENDING)].lower() not in text]
    assert len(words) > 60 and unused == []
