"""A table written to a file, and read or refused."""

import pytest

import mcda


@pytest.fixture
def read(tmp_path):
    """Write a table and read it."""

    def reading(text, **given):
        path = tmp_path / "t.csv"
        path.write_text(text, encoding="utf-8")
        return mcda.read_matrix(path, **given)

    return reading


@pytest.fixture
def refused(read):
    """Write a table, and return the words with which it is refused."""

    def refusing(text, **given):
        with pytest.raises(mcda.InputError) as error:
            read(text, **given)
        return str(error.value)

    return refusing
