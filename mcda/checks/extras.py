"""Parts that not everybody installs: what to say where a package of one is missing."""

from __future__ import annotations

from mcda.checks.faults import Fault, InputError

DISTRIBUTION = "policy-mcda"


def line_for(extra: str) -> str:
    """Return the line that installs an extra.

    >>> line_for("report")
    'python -m pip install "policy-mcda[report]"'
    """
    return f'python -m pip install "{DISTRIBUTION}[{extra}]"'


def without(package: str, extra: str, what: str) -> InputError:
    """Return the fault of what can't be made without a package of an extra.

    >>> print(without("typst", "report", "report as PDF"))
    report as PDF: expected the package typst, found none; python -m pip install "policy-mcda[report]"
    """
    return InputError(Fault(what, f"the package {package}", "none", line_for(extra)))
