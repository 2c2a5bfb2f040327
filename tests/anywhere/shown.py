"""Everything that is shown, as text, one line a value: what two machines are compared by."""

import argparse
import contextlib
import html
import io
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
OF_THE_RUN = re.compile(
    r"[0-9a-f]{12,}|\d{4}-\d\d-\d\dT\S+|computed in .*"
)  # hashes and times: of the run, not of it


def lines(text):
    """Text or HTML as lines: tags end a line, pictures leave their alternative text, what is of the run is left out."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.S)
    text = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\n\1\n", text)
    text = re.sub(r"<svg.*?</svg>", "", text, flags=re.S)
    told = html.unescape(re.sub(r"<[^>]+>", "\n", text)).splitlines()
    return [OF_THE_RUN.sub("*", line.strip()) for line in told if line.strip()]


def notebook(name):
    """What the outputs of a notebook show, run in a clean kernel."""
    from mcda.reporting.notebooks.execute import executed

    path = next((ROOT / "notebooks").glob(f"{name}*.ipynb"))
    for at, cell in enumerate(executed(path).cells):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            told = (
                data.get("text/html")
                or data.get("text/markdown")
                or data.get("text/plain")
                or str(output)
            )
            for line in lines(told):
                yield f"{path.stem}, cell {at}: {line}"


def printed(*arguments):
    """What a command prints; one that doesn't end with status 0 ends this run with what it said."""
    from mcda.cli import main

    output, complaint = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(complaint):
        try:
            status = main(list(arguments))
        except SystemExit as usage:
            status = usage.code
    if status:
        sys.exit(f"mcda {' '.join(arguments)} ended with status {status}: {complaint.getvalue()}")
    return output.getvalue()


def command(*arguments):
    """What a command prints, as lines."""
    for line in lines(printed(*arguments).replace("<", "&lt;")):
        yield f"mcda {' '.join(arguments)}: {line}"


def report(question, draws, kept=None):
    """What the page of a report shows; kept: the folder to leave it in."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(kept or scratch)
        printed("report", question, "--draws", str(draws), "--to", "html", "--out", str(out))
        page = next(out.glob("*.html")).read_text(encoding="utf-8")
    result, versions, _ = page.partition(
        '<section id="manifest"'
    )  # the last one: which packages made it, and when
    if not versions:
        sys.exit(f"report of {question}: it has no manifest")
    for line in lines(result):
        yield f"report of {question}: {line}"


def searched():
    """What the searches show."""
    import searches

    for line in searches.shown():
        yield f"searches: {line}"


def parts(given):
    """Each part that is asked for, with its lines."""
    for name in given.notebook:
        yield f"notebook {name}", notebook(name)
    for one in given.command:
        yield f"mcda {one}", command(*one.split())
    for question in given.report:
        kept = Path(given.keep) / question if given.keep else None
        yield f"report of {question}", report(question, given.draws, kept)
    if given.searches:
        yield "searches", searched()


def main():
    """Print what is asked for: searches, notebooks by number, commands in quotes, reports of questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--searches", action="store_true")
    parser.add_argument("--notebook", action="append", default=[])
    parser.add_argument("--command", action="append", default=[])
    parser.add_argument("--report", action="append", default=[])
    parser.add_argument("--draws", default=2000, type=int)
    parser.add_argument("--keep", help="a folder to leave the reports in")
    for name, told in parts(parser.parse_args()):
        count = 0
        for count, line in enumerate(told, 1):  # noqa: B007, the last count is what is asked for
            print(line)
        if not count:
            sys.exit(f"{name} shows nothing")


if __name__ == "__main__":
    main()
