"""Settings of the site: static, searchable, and without a request to elsewhere."""

from __future__ import annotations

import tomllib
from pathlib import Path

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml

REPOSITORY = Path(__file__).parents[1]
_project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = _project["name"]
author = _project["authors"][0]["name"]
version = release = _project["version"]
copyright = f"{author}, MIT licence"
language = "en"
smartquotes = False  # what is searched for has plain ones

extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc", "myst_nb"]
root_doc = "docs/index"
templates_path = ["templates"]
default_role = "code"  # single backticks, as docstrings of the house use them
nitpicky = False

autosummary_generate = True
autodoc_typehints = "none"  # the docstring says shapes and units, which types don't
numpydoc_show_class_members = False  # the template lists them once

nb_execution_mode = "off"  # outputs are the repository's, proved fresh by its tests
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # widgets would be loaded from elsewhere
myst_heading_anchors = 3
myst_enable_extensions = ["dollarmath", "html_image"]
suppress_warnings = [
    "mystnb.unknown_mime_type",  # a widget; its picture stands beside it
    "myst.header",  # notebooks begin where they like
    "misc.highlighting_failure",
]

html_theme = "pydata_sphinx_theme"
html_title = project
html_show_sourcelink = False
html_copy_source = False
html_static_path: list[str] = []
html_search_scorer = str(Path(__file__).with_name("search.js"))
html_math_renderer = "mathml"
html_theme_options = {
    "show_prev_next": True,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": ["theme-version"],
    "show_toc_level": 2,
    "header_links_before_dropdown": 6,
}


def _inline(translator, node):
    translator.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def _block(translator, node):
    translator.body.append(f"<div>{tex2mathml(node.astext(), as_block=True)}</div>")
    raise nodes.SkipNode


def setup(app):
    """Write formulas as MathML, which browsers show by themselves."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
