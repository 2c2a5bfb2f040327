"""The generators of the reference lie beside the pages, and are no part of the package."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "docs"), str(ROOT / "tests" / "docs")]


@pytest.fixture(scope="session")
def site():
    """The folder of the built site; `make docs` says where it is."""
    if "MCDA_SITE" not in os.environ:
        pytest.skip("the site is checked by `make docs`, which builds it")
    return (ROOT / os.environ["MCDA_SITE"]).resolve()
