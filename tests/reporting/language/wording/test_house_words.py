"""Pages have the plain words of the house; head, leaf, floor, anchor and additive model are words of files and code."""

import re
import tomllib
from pathlib import Path

import pytest

from mcda.sentences import catalogue

PATH = Path(catalogue.__file__).with_name("catalogue") / "en.toml"
INSIDE = re.compile(
    r"\b(floors?|lea(f|ves)|heads?|anchors?|additive (model|scores?|value))\b", re.IGNORECASE
)
FIELD = re.compile(r"\{[^}]*\}|`[^`]*`|--[\w-]+|mcda [\w.-]+")
# the workbook asks for these words in its columns
OF_FILES = ("read_me", "sheet", "hint", "question_field")


def texts(table, path=()):
    """Go through the texts of the catalogue, each with its path."""
    for name, held in table.items():
        if isinstance(held, dict):
            yield from texts(held, (*path, name))
        else:
            yield (*path, name), str(held)


def found_in(text):
    """Return the words of files and code in a text, beside its fields and the names of options."""
    return [found[0] for found in INSIDE.finditer(FIELD.sub("", text))]


def test_no_sentence_has_a_word_of_the_files():
    """Of all sentences but those of the workbook."""
    with PATH.open("rb") as file:
        whole = tomllib.load(file)
    bad = [(path, found_in(text)) for path, text in texts(whole) if path[0] not in OF_FILES]
    assert [each for each in bad if each[1]] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Without a floor {floor} leads", ["floor"]),
        ("on every leaf of the additive model", ["leaf", "additive model"]),
        ("--no-floors asks, `leaf` is quoted", []),
    ],
)
def test_the_search_can_find(text, expected):
    """What is quoted or a field isn't found."""
    assert found_in(text) == expected
