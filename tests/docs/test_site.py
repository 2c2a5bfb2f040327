"""The built site: every link leads somewhere, nothing is asked of elsewhere, a search finds the page."""

import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import mcda

LOADS = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "object": "data",
}
LINKS_ONLY = {"canonical", "index", "search", "next", "prev", "author", "license"}


class Page(HTMLParser):
    """What a page links to, what it loads, and the places in it that can be linked to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.places = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Note a link, a load or a place."""
        given = dict(attributes)
        self.places.update(value for name in ("id", "name") if (value := given.get(name)))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        is_link = tag == "link" and given.get("rel") in LINKS_ONLY
        if LOADS.get(tag) in given and not is_link:
            self.loads.append(given[LOADS[tag]])


@cache
def read(path):
    return Page(path.read_text(encoding="utf-8"))


def leads_nowhere(page, link):
    """Whether a link inside the site names a file or place that isn't there."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_file():
        return True
    here = parts.fragment and target.suffix == ".html"
    return bool(here and unquote(parts.fragment) not in read(target).places)


def test_every_internal_link_resolves(site):
    """To a file of the site and, where it names one, a place in it."""
    pages = sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)
    assert len(pages) > 150
    broken = [
        f"{page.relative_to(site)}: {link}"
        for page in pages
        for link in [*read(page).links, *read(page).loads]
        if leads_nowhere(page, link)
    ]
    assert broken == []


def test_a_broken_link_is_seen(tmp_path):
    """The check can fail: at a missing file and at a missing place."""
    page = tmp_path / "a.html"
    page.write_text('<p id="here"></p>', encoding="utf-8")
    assert not leads_nowhere(page, "a.html#here")
    assert leads_nowhere(page, "b.html")
    assert leads_nowhere(page, "#there")


def test_nothing_is_asked_of_elsewhere(site):
    """No script, style, picture or font has an address outside of the site."""
    outside = [
        f"{page.relative_to(site)}: {load}"
        for page in site.rglob("*.html")
        for load in read(page).loads
        if urlsplit(load).netloc
    ]
    styles = [
        f"{path.relative_to(site)}: {found}"
        for path in site.rglob("*.css")
        for found in re.findall(
            r"(?:@import\s+|url\()[\"']?(https?:[^\"')]+)", path.read_text(encoding="utf-8")
        )
    ]
    assert outside == []
    assert styles == []


def test_every_public_name_has_a_page(site):
    """With its docstring."""
    for name in mcda.__all__:
        page = site / "docs" / "reference" / "names" / f"mcda.{name}.html"
        assert f'id="mcda.{name}"' in page.read_text(encoding="utf-8"), name
