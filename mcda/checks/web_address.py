"""Which text is an address of the web that a reader may follow from a report.

Files of strangers bring addresses: one that would run a script, or open something on the reader's
machine, is never made a link.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

SCHEMES = ("http", "https")
LONGEST = 2000  # characters: what browsers, PDF readers and Word all follow
NEVER = frozenset("\"'<>\\`{|}^")  # no address has them, and some reader takes each for an ending
KEPT = "%:/?#[]@!$&*+,;=-._~"  # beside letters and digits; a bracket would end it in a PDF


def web_address(text: str) -> str:
    """Return an address as a link may have it, in ASCII; blank where none may be made.

    >>> web_address(" https://example.org/a ")
    'https://example.org/a'
    >>> web_address("https://example.org/ü"), web_address("javascript:alert(1)")
    ('https://example.org/%C3%BC', '')
    """
    address = text.strip()
    if len(address) > LONGEST or NEVER.intersection(address) or not address.isprintable():
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:  # such as a bracket that isn't closed
        return ""
    followed = parts.scheme.lower() in SCHEMES and host and " " not in address
    return quote(address, safe=KEPT) if followed else ""
