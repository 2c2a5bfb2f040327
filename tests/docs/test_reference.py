"""The reference holds every public name, command, option, sheet, column, method and fault."""

import pytest
from site_reference import commands, errors, methods, names, sheets

import mcda
from mcda.cli import COMMANDS
from mcda.methods.method import every_method


def test_every_public_name_is_listed():
    """Under the room where it lives, once."""
    assert set(names.names_by_room()) == set(names.ROOMS)
    listed = [line.strip() for line in names.page().splitlines() if line.startswith("   ")]
    assert sorted(one for one in listed if not one.startswith(":")) == sorted(mcda.__all__)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_told(name):
    """In the section of its command, with what it does."""
    section = commands.page().split(f"## mcda {name}\n")[1].split("\n## ")[0]
    for action in commands.actions(commands.parser_of(name)):
        spelt = action.option_strings or [str(action.metavar or action.dest).replace("|", "\\|")]
        assert all(one in section for one in spelt), spelt
        assert action.help, spelt


def test_every_sheet_and_column_is_told():
    """Each column in the section of its sheet."""
    for form in sheets.all_forms():
        section = sheets.page().split(f"\n## {form.name}\n")[1].split("\n## ")[0]
        assert form.told in section
        assert [one.name for one in form.columns if f"| `{one.name}` |" not in section] == []


def test_every_method_is_told():
    """With formula, source, assumption and when to leave it; no entry is of no method."""
    known = [method.name for method in every_method()]
    assert sorted(methods.facts()) == sorted(known)
    for name in known:
        assert f"\n## {name}\n" in methods.page()
        assert all(methods.facts()[name].get(field) for field in methods.FIELDS), name


def test_every_fault_is_told():
    """Each text that names what was expected stands on the page of faults."""
    count = sum(len(rows) for rows in errors.faults_by_room().values())
    assert count > 250
    assert set(errors.faults_by_room()) <= set(errors.TITLES)
    assert errors.page().count("\n| ") == count + len(errors.faults_by_room())
    assert "weights" in errors.page()


def test_a_filled_in_part_is_an_ellipsis():
    """A fault's text is shown as the code writes it, also where it is put together."""
    code = 'Fault(f"weight of {name}", "a number" + f" from {low}", found, remedy="give one")'
    call = errors.ast.parse(code, mode="eval").body
    assert errors.worded(errors.argument(call, 0, "where")) == "weight of …"
    assert errors.worded(errors.argument(call, 1, "expected")) == "a number from …"
    assert errors.worded(errors.argument(call, 3, "remedy")) == "give one"


def test_every_formula_can_be_shown():
    """As MathML, which a browser shows without a script."""
    mathml = pytest.importorskip("docutils.utils.math.latex2mathml")
    for name, about in methods.facts().items():
        assert "<math" in mathml.tex2mathml(about["formula"], as_block=True), name
