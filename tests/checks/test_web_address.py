"""Only an address of the web becomes a link: nothing that runs, nothing on the reader's machine."""

import pytest

from mcda.checks.web_address import LONGEST, web_address


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org",
        "https://example.org/a?b=1&c=2#d",
        "HTTPS://Example.org/%20",
        "https://[2001:db8::1]:8080/",
    ],
)
def test_an_address_of_the_web_stays_as_it_is(text):
    """Letter by letter."""
    assert web_address(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "p. 4 of the annual report",
        "example.org/a",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        " JavaScript:alert(1)//http://example.org",
        "data:text/html,<script>alert(1)</script>",
        "file://server/share",
        "ftp://example.org/a",
        "https:///a",
        "https:example.org",
        "https://",
        "https://example.org/a b",
        "https://example.org/\u202ea",
        'https://example.org/" onclick="alert(1)',
        "https://example.org/<b>",
        "https://[example.org",
        "https://example.org/" + "a" * LONGEST,
    ],
)
def test_nothing_else_is_an_address(text):
    """Neither a script nor a file, nor what is broken."""
    assert web_address(text) == ""


def test_other_letters_are_written_in_ascii():
    """A PDF holds no others in an address."""
    assert web_address("https://uk.example.org/мир").isascii()
