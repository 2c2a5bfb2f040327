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
OF_THE_RUN = re.compile(r"[0-9a-f]{12,}|\d{4}-\d\d-\d\dT\S+|computed in .*")  # hashes and times: of the run, not of it


def lines(text):
    """Text or HTML as lines: tags end a line, pictures leave their alternative text, what is of the run is left out."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.S)
    text = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\n\1\n", text)
    text = re.sub(r"<svg.*?</svg>", "", text, flags=re.S)
    told = html.unescape(re.sub(r"<[^>]+>", "\n", text)).splitlines()
    return [OF_THE_RUN.sub("*", line.strip()) for line in told if line.strip()]


def notebook(name):
    """What the outputs of a notebook show, run in a clean kernel."""
    from mcda.report.notebook import executed

    path = next((ROOT / "notebooks").glob(f"{name}*.ipynb"))
    for at, cell in enumerate(executed(path).cells):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            told = data.get("text/html") or data.get("text/markdown") or data.get("text/plain") or str(output)
            for line in lines(told):
                yield f"{path.stem}, cell {at}: {line}"


def command(*arguments):
    """What a command prints."""
    from mcda.cli import main

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        main(list(arguments))
    for line in lines(printed.getvalue().replace("<", "&lt;")):
        yield f"mcda {' '.join(arguments)}: {line}"


def report(question, draws, kept=None):
    """What the page of a report shows; kept: the folder to leave it in."""
    from mcda.cli import main

    with tempfile.TemporaryDirectory() as scratch:
        out = Path(kept or scratch)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            main(["report", question, "--draws", str(draws), "--to", "html", "--out", str(out)])
        page = next(out.glob("*.html")).read_text(encoding="utf-8")
    for line in lines(page.partition('id="provenance"')[0]):
        yield f"report of {question}: {line}"


def main():
    """Print what is asked for: notebooks by number, commands in quotes, reports of questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notebook", action="append", default=[])
    parser.add_argument("--command", action="append", default=[])
    parser.add_argument("--report", action="append", default=[])
    parser.add_argument("--draws", default=2000, type=int)
    parser.add_argument("--keep", help="a folder to leave the reports in")
    given = parser.parse_args()
    for name in given.notebook:
        sys.stdout.writelines(f"{line}\n" for line in notebook(name))
    for one in given.command:
        sys.stdout.writelines(f"{line}\n" for line in command(*one.split()))
    for question in given.report:
        kept = Path(given.keep) / question if given.keep else None
        sys.stdout.writelines(f"{line}\n" for line in report(question, given.draws, kept))


if __name__ == "__main__":
    main()
