"""A state on disk is believed only if it is whole and its sums can be those of a run."""

import io
import os
import pickle
import subprocess
import sys
import zipfile

import numpy as np
import pytest

import mcda
from mcda.cli import main
from mcda.uncertainty.counting import checkpoint

WORDS = ["robust", "-n", "2000", "--no-floors", "--any-weights"]


class Runs:
    """What would run code if a pickle were opened."""

    def __reduce__(self):
        return (os.mkdir, ("code_was_run",))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A question, and the bytes of its state."""
    place = tmp_path_factory.mktemp("state")
    question = mcda.new_question(place / "q")
    state = place / "st.npz"
    assert main([*WORDS, str(question), "--state", str(state)]) == 0
    return question, state.read_bytes()


def sealed(content, **changed):
    """The bytes of a state with some fields changed, sealed anew: the digest is no secret."""
    with np.load(io.BytesIO(content)) as file:
        held = {**dict(file), **changed}
    held = {name: array for name, array in held.items() if array is not None and name != "digest"}
    file = io.BytesIO()
    np.savez(file, **held, digest=np.array(checkpoint._digest(held)))
    return file.getvalue()


def unsealed(content, **changed):
    """The same without a new digest."""
    with np.load(io.BytesIO(content)) as file:
        held = {**dict(file), **changed}
    file = io.BytesIO()
    np.savez(file, **{name: array for name, array in held.items() if array is not None})
    return file.getvalue()


def field(content, name):
    with np.load(io.BytesIO(content)) as file:
        return file[name]


CHANGES = {
    "half the draws": lambda c: {"draws": np.array(1000)},
    "a part of a draw": lambda c: {"draws": np.array(1.5)},
    "less than none": lambda c: {"draws": np.array(-5)},
    "two numbers of draws": lambda c: {"draws": np.array([1, 2])},
    "no draws": lambda c: {"draws": None},
    "no fingerprint": lambda c: {"of": None},
    "ranks all 7": lambda c: {"ranks": field(c, "ranks") * 0 + 7},
    "another shape": lambda c: {"ranks": field(c, "ranks")[..., :1]},
    "ranks missing": lambda c: {"ranks": None},
    "one more field": lambda c: {"more": np.zeros(3)},
    "ranks exchanged": lambda c: {"ranks": np.roll(field(c, "ranks"), 1, axis=-1) + 0},
    "ranks of another type": lambda c: {"ranks": field(c, "ranks").astype(float)},
    "wins beyond the draws": lambda c: {"wins": field(c, "wins") * 3},
    "squares below nought": lambda c: {"squares": -1 - field(c, "squares")},
    "floors beyond the draws": lambda c: {"passes": field(c, "passes") + 10**6},
}
# every sum of these still holds: the digest alone tells, and a forger can write a new one
FITTING = ("ranks exchanged",)
CASES = [(unsealed, change) for change in CHANGES]
CASES += [(sealed, change) for change in CHANGES if change not in FITTING]


@pytest.mark.parametrize(("seal", "change"), CASES)
def test_an_altered_state_is_refused_in_one_sentence(whole, tmp_path, capsys, seal, change):
    """Whether or not whoever altered it wrote a new digest."""
    question, content = whole
    state = tmp_path / "st.npz"
    state.write_bytes(seal(content, **CHANGES[change](content)))
    assert main([*WORDS, str(question), "--state", str(state)]) == 1
    told = capsys.readouterr()
    assert "remove" in told.err and "%" not in told.out
    assert told.err.count("\n") == 1


def huge():
    """An archive whose header claims a million million numbers."""
    header = io.BytesIO()
    about = {"descr": "<f8", "fortran_order": False, "shape": (10**12,)}
    np.lib.format.write_array_header_1_0(header, about)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("draws.npy", header.getvalue())
    return content.getvalue()


BROKEN = {
    "pickle inside": lambda c: unsealed(c, draws=np.array([Runs()], dtype=object)),
    "pickle alone": lambda c: pickle.dumps(Runs()),
    "cut": lambda c: c[: len(c) // 2],
    "empty": lambda c: b"",
    "flipped": lambda c: c[:50] + b"\xff" * 20 + c[70:],
    "huge": lambda c: huge(),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_state_is_refused_and_nothing_in_it_runs(
    whole, tmp_path, capsys, monkeypatch, kind
):
    """Pickles, halves, nothing at all, a header that asks for all memory."""
    question, content = whole
    monkeypatch.chdir(tmp_path)
    state = tmp_path / "st.npz"
    state.write_bytes(BROKEN[kind](content))
    assert main([*WORDS, str(question), "--state", str(state)]) == 1
    told = capsys.readouterr().err
    assert "remove the file to begin anew" in told and "pickle" not in told
    assert not (tmp_path / "code_was_run").exists()


def test_runs_at_once_on_one_state_all_finish(whole, tmp_path):
    """Each answers, and the state that stays is whole."""
    question, _ = whole
    state = tmp_path / "st.npz"
    command = [sys.executable, "-m", "mcda", *WORDS, str(question), "--state", str(state)]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    told = [one.communicate()[0] for one in started]
    assert [one.returncode for one in started] == [0] * 4
    assert len(set(told)) == 1
    assert main([*WORDS, str(question), "--state", str(state)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["st.npz"]
