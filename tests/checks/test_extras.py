"""Where a package of an extra is missing, the line that installs it is told."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

import mcda
from mcda.checks.extras import line_for
from mcda.cli import main
from mcda.reporting.panels.panel import _widget_class
from mcda.reporting.verification.document_text import pdf_words
from mcda.reporting.writers.pdf import compiler
from mcda.reporting.writers.word import docx

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))[
    "project"
]
NEEDED = {
    "typst": ("typst", "report", compiler),
    "python-docx": ("docx", "report", lambda: docx({}, {}, {}, None)),
    "pypdfium2": ("pypdfium2", "report", lambda: pdf_words(b"")),
    "anywidget": ("anywidget", "notebook", lambda: _widget_class.__wrapped__("explorer")),
}


@pytest.mark.parametrize("package", NEEDED)
def test_a_missing_package_is_told_with_the_line_that_installs_it(package, monkeypatch):
    """The extra that it names is there, and brings the package."""
    module, extra, make = NEEDED[package]
    monkeypatch.setitem(sys.modules, module, None)
    line = f'python -m pip install "{PROJECT["name"]}[{extra}]"'
    with pytest.raises(mcda.InputError, match=re.escape(line)) as told:
        make()
    assert f"expected the package {package}, found none" in str(told.value)
    assert any(one.startswith(package) for one in PROJECT["optional-dependencies"][extra])


def test_the_lab_names_its_line(monkeypatch, capsys):
    """As wrong usage: nothing is at fault in a question."""
    monkeypatch.setattr("mcda.commands.serving.lab.find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        main(["lab"])
    assert line_for("notebook") in capsys.readouterr().err
