"""Whatever is given to a public function, it works or is refused in words, never by an error of Python's own."""

import inspect
import warnings

import pandas as pd
import pytest

import mcda

WRONG = {
    "None": None,
    "a bool": True,
    "a number": 3,
    "a text": "word",
    "a list": [1, 2],
    "a dict": {"a": 1},
    "a Series": pd.Series([1.0, 2.0], index=["a", "b"]),
    "a table": pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]}, index=["x", "y"]),
}
ABSTRACT = ("WeightSpace",)  # made by functions, never by its name


def parameters(thing):
    """The parameters that can be given by name; none of what has no signature."""
    try:
        held = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return []
    return [one for one in held if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)]


def given(held, name, wrong, rest):
    """Arguments with one wrong thing in one place, and another thing where something is needed."""
    named = {one.name: rest for one in held if one.default is one.empty}
    named[name] = wrong
    first = [named.pop(one.name) for one in held if one.kind is one.POSITIONAL_ONLY]
    return first, named


@pytest.mark.parametrize("name", sorted(set(mcda.__all__) - set(ABSTRACT)))
def test_a_wrong_argument_is_refused_in_words(name, tmp_path, monkeypatch):
    """Each of eight things in each place, beside the same thing, a text or a table in the others."""
    monkeypatch.chdir(tmp_path)
    thing = getattr(mcda, name)
    held = parameters(thing)
    for one in held:
        for told, wrong in WRONG.items():
            for rest in (wrong, "word", WRONG["a table"]):
                first, named = given(held, one.name, wrong, rest)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    try:
                        thing(*first, **named)
                    except mcda.InputError:
                        pass
                    except Exception as error:
                        pytest.fail(f"{name}({one.name}={told}): {type(error).__name__}: {error}")
