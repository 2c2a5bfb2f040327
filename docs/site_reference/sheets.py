"""Every sheet of a question and every column, from the form by which they are read."""

from __future__ import annotations

from mcda.files.question.schema import FIELDS, FORMS, PAIRS, Column, Form
from mcda.sentences.catalogue import first_told
from site_reference.markdown import cell, code, table

HEAD = """\
# Sheets and columns

A question is a workbook, with a sheet for each of these, or a folder of CSV files of the same names.
`options` and `criteria` must be there; every other sheet may be left out. `mcda new FILE.xlsx` writes a blank
with instructions and an example; `mcda check FILE.xlsx --mark marked.xlsx` puts every fault into its cell.
A sheet of another name is a table of the question's own, and is kept as it stands.
"""
QUESTION = "question"


def all_forms() -> tuple[Form, ...]:
    """Return the forms of all sheets, that of pairwise judgements last."""
    return (*FORMS, PAIRS)


def page() -> str:
    """Return the page of sheets."""
    return "\n".join([HEAD, *(_section(form) for form in all_forms())])


def _section(form: Form) -> str:
    rows = [_row(form, column) for column in form.columns]
    parts = [f"## {form.name}", form.about]
    if rows:
        parts.append(table(["column", "", "what is written there"], rows))
    if form.key:
        alike = ", ".join(code(name) for name in form.key)
        parts.append(f"No two rows are alike in {alike}.")
    if form.name == QUESTION:
        fields = [[code(name), cell(first_told("question_field", name))] for name in FIELDS]
        parts.append("As rows of the sheet, or as keys of `question.toml`:")
        parts.append(table(["field", "what it says"], fields))
    return "\n\n".join(parts) + "\n"


def _row(form: Form, column: Column) -> list[str]:
    hint = form.hint(column)
    told = [hint] if hint else []
    if column.choices:
        told.append(f"One of: {', '.join(column.choices)}")
    if column.ids_of:
        told.append(f"Ids of the sheet {column.ids_of}")
    must = "must be there" if column.required else ""
    return [code(column.name), must, cell(". ".join(told))]
