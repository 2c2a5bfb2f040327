"""Interactive panels: a JavaScript module of ours.

It runs with a kernel behind it, or alone in a page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from mcda.checks.extras import without
from mcda.checks.faults import InputError
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.panels.spoken import spoken_by

STATIC = resources.files("mcda.reporting.panels") / "static"
SPEAKING = ("filled.js", "digits.js", "speech.js")
PARTS = {
    "explorer": (*SPEAKING, "thresholds.js", "model.js", "words.js", "panel.js", "explorer.js"),
    "judging": (*SPEAKING, "pairwise.js", "panel.js", "judging.js"),
    "holding": (*SPEAKING, "panel.js", "holding.js"),
    "asking": (*SPEAKING, "statements.js", "panel.js", "asking.js"),
}


STYLES = {
    "explorer": ("panel.css", "explorer.css"),
    "judging": ("panel.css", "answering.css"),
    "holding": ("panel.css", "answering.css"),
    "asking": ("panel.css", "answering.css"),
}


def source(name: str) -> str:
    """Return the text of a script or a style of the panels."""
    return (STATIC / name).read_text(encoding="utf-8")


@cache
def module(kind: str) -> str:
    """Return the source of a kind of panel as one ES module that imports nothing.

    It has the style, the parts, and how to start it.
    """
    style = json.dumps("".join(map(source, STYLES[kind])))
    parts = [source(name) for name in PARTS[kind]]
    start = f'const render = rendering("{kind}", {kind.capitalize()});\n'
    start += f'export default {{ render }};\nrevive("{kind}", render);\n'
    return "\n".join([f"const CSS = {style};", *parts, start])


def policy(kind: str) -> str:
    """Return the source expression by which a page's policy admits this panel.

    A Content-Security-Policy with it runs no other script.
    """
    return admitted(module(kind))


def admitted(script: str) -> str:
    """Return the source expression by which a page's policy admits a script."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@dataclass(eq=False)
class Panel:
    """A panel on show: what it is about (`question`) and what its reader has chosen (`chosen`).

    The first is fixed, the second moves. `spoken` is how it speaks: in the language in which it was
    made. `fallback` is HTML for a reader with a page that runs no
    script, `told` is the panel in a line of plain text. `hear` takes the messages that the panel
    sends and returns the answer to show. A notebook shows the live panel, a page without a kernel
    the same module alone.
    """

    kind: str
    question: dict[str, Any]
    start: dict[str, Any]
    fallback: str = ""
    hear: Callable[[Mapping[str, Any]], str] = field(default=lambda message: "")
    told: str = ""
    spoken: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Take the texts of the present language along."""
        self.spoken = spoken_by(self.kind)

    @property
    def language(self) -> str:
        """The language that it speaks."""
        return str(self.spoken["language"])

    @cached_property
    def widget(self) -> Any:
        """The widget that ties this panel to the kernel.

        It is None where anywidget isn't installed.
        """
        try:
            widget = _widget_class(self.kind)(
                question=self.question, chosen=self.start, spoken=self.spoken
            )
        except ModuleNotFoundError:
            return None
        widget.on_msg(lambda _, message, __: widget.send({"told": self.hear(message)}))
        return widget

    @property
    def chosen(self) -> dict[str, Any]:
        """What the reader has chosen: the state that the panel sent last."""
        return self.widget.chosen if self.widget is not None else self.start

    @chosen.setter
    def chosen(self, state: Mapping[str, Any]) -> None:
        if self.widget is not None:
            self.widget.chosen = dict(state)
        self.start = dict(state)

    def fragment(self) -> str:
        """Return the panel as HTML for any page: it loads nothing.

        Its script is the same each time, so a page with a strict Content-Security-Policy admits it
        by `policy(kind)`.
        """
        return f'{self.place()}\n<script type="module">{module(self.kind)}</script>'

    def place(self) -> str:
        """Return the place of the panel in a page that has its script elsewhere.

        Data reach the page as JSON in which no character could end or open a tag.
        """
        state = json.dumps(
            {"question": self.question, "chosen": self.chosen, "spoken": self.spoken},
            allow_nan=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        for character in "<>&":
            state = state.replace(character, f"\\u{ord(character):04x}")
        return (
            f'<div data-mcda="{self.kind}"><script type="application/json">{state}</script>'
            f"{self.fallback}</div>"
        )

    def page(self, title: str) -> str:
        """Return a whole page with this panel.

        Its policy runs this script and fetches nothing.
        """
        return PAGE.format(
            language=self.language,
            title=escape(title),
            script=policy(self.kind),
            body=self.fragment(),
        )

    def _repr_mimebundle_(self, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, about = (
            self.widget._repr_mimebundle_(**given) if self.widget is not None else ({}, {})
        )
        return {**data, "text/plain": self.told or self.kind, "text/html": self.fragment()}, about


class Shown:
    """What one panel shows of a question: live in a notebook, alone in a page.

    Its reader can save what they chose.
    """

    def __init__(self, problem: Problem, panel: Panel) -> None:
        self.problem = problem
        self.panel = panel

    def fragment(self) -> str:
        """Return the panel as HTML for a page without a kernel; see `Panel.fragment`."""
        return self.panel.fragment()

    def page(self) -> str:
        """Return a page that holds the panel alone and opens offline."""
        return self.panel.page(self.problem.title)

    def save(self, folder: str | Path, holder: str) -> Path:
        """Write what was chosen as that of a holder into a question's folder."""
        raise NotImplementedError

    def saving(self, folder: str | Path | None) -> Callable[[Mapping[str, Any]], str]:
        """Return the function that answers a reader who asks to keep something.

        It answers where it was saved and as whose, or what prevents it.
        """

        def answer(message: Mapping[str, Any]) -> str:
            if folder is None or "save" not in message:
                return ""
            holder = str(message["save"])
            try:
                path = self.save(folder, holder)
            except InputError as error:
                return str(error)
            file = path.relative_to(folder).as_posix()
            with words.language(self.panel.language):
                return words.told(f"saved.{self.panel.kind}", file=file, holder=holder.strip())

        return answer

    def _repr_mimebundle_(self, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.panel._repr_mimebundle_(**given)


@cache
def _widget_class(kind: str) -> Any:
    try:
        import anywidget
        import traitlets
    except ImportError:
        raise without("anywidget", "notebook", "a panel in a notebook") from None

    class Live(anywidget.AnyWidget):
        _esm = module(kind)
        question = traitlets.Dict().tag(sync=True)
        chosen = traitlets.Dict().tag(sync=True)
        spoken = traitlets.Dict().tag(sync=True)

    return Live


PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8">\
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; script-src {script}; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0 auto; max-width: 76rem; padding: 1rem; overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
  color: light-dark(#1b1f24, #e6e9ec); background: light-dark(#ffffff, #14181c); }}
h1 {{ font-size: 1.5rem; line-height: 1.25; }}
</style></head><body><main>
<h1>{title}</h1>
{body}
</main></body></html>
"""
