"""The public face is typed: a stranger's right uses have their types, and wrong ones are errors."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def checked(file, *options):
    """Check a file as a stranger would; the settings, and so what was read before, are the project's."""
    command = [sys.executable, "-m", "mypy", "--config-file", ROOT / "pyproject.toml", *options]
    return subprocess.run([*command, file], cwd=ROOT, capture_output=True, text=True)


def test_right_uses_have_their_types_and_wrong_ones_are_errors():
    """Every assertion of a type holds, and no error that a wrong use must be is missing."""
    run = checked(ROOT / "tests" / "typed_face" / "stranger.py")
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("mcda.rank(problem, mine)", "call-overload"),
        ("mcda.rnak(problem, mine)", "attr-defined"),
        ("mcda.sample(problem, n='many', seed=1)", "arg-type"),
    ],
)
def test_a_wrong_use_fails(tmp_path, line, error):
    """Without the word that it is meant, a mistake ends in an error that names its kind."""
    file = tmp_path / "mistaken.py"
    code = f"import mcda\n\n\ndef use(problem: mcda.Problem, mine: mcda.Weights) -> None:\n    {line}\n"
    file.write_text(code, encoding="utf-8")
    run = checked(file)
    assert run.returncode == 1
    assert f"{file.name}:5: error" in run.stdout
    assert f"[{error}]" in run.stdout
