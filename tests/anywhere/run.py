"""Run what is shown under simulated machines and compare it, line by line, with what this machine shows.

A leg passes where every command ends well and every line is the same; beyond --quick, where the published cases and
the property suite pass too and each report made there is verified here, sentence by sentence. Status 1 where one fails.
"""

import argparse
import difflib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machines import ROOT, Machine, machines

HERE = Machine("this machine")
TOLD = 40  # lines of a fault that are printed: the rest says the same
REPORTS = ("ukraine_force", "heparin")
RANKED = "--command=rank ukraine_force --holder Paris --method topsis"
# what notebook 02 shows are searches, by more holders; every part of a challenge is in that of a smaller question
QUICK = ("--searches", "--notebook=03", RANKED, "--command=challenge heparin --draws 200")
WHOLE = (
    "--searches",
    *(f"--notebook={path.name[:2]}" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))),
    RANKED,
    "--command=challenge ukraine_force --holder London --draws 200",
    "--command=weights ukraine_force",
    *(f"--report={question}" for question in REPORTS),
)
# published cases, and every test that draws its own: hypothesis marks those; compiled kernels against numpy besides
COMPILED = "tests/uncertainty/counting/test_compiled_engine.py"
DRAWN = (
    "tests",
    "--ignore=tests/browser",
    "--ignore=tests/notebooks",
    "--hypothesis-profile=thorough",
    "-m",
    "hypothesis",
)
TESTS = (("tests/published", COMPILED), DRAWN)


class Failure(Exception):
    """A command that didn't end well, with what it said."""


def output(machine, *arguments):
    """What a command of Python on a machine prints; raises Failure for another status than 0, or for nothing."""
    command = [machine.python or sys.executable, *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=machine.environment(),
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode or not done.stdout.strip():
        raise Failure(
            f"{' '.join(arguments)}: status {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        )
    return done.stdout


def shown(machine, asked, kept):
    """What a machine shows, as lines."""
    script = str(Path(__file__).with_name("shown.py"))
    return output(machine, script, *asked, f"--keep={kept}").splitlines()


def compared(machine, asked, right):
    """Compare what a machine shows with what is right, and verify here each report that was made there."""
    with tempfile.TemporaryDirectory() as kept:
        different = list(
            difflib.unified_diff(right, shown(machine, asked, kept), "here", "there", "", "", 0)
        )
        if different:
            raise Failure("\n".join(different))
        for line in asked:
            option, _, question = line.partition("=")
            if option == "--report":
                output(HERE, "-m", "mcda", "verify", str(Path(kept) / question))


def tried(machine, asked, right, tests):
    """Try a machine; returns what is wrong, blank where nothing is."""
    wrong = []
    for part, *given in (
        (compared, asked, right),
        *((output, "-m", "pytest", *TIDY, *one) for one in tests),
    ):
        try:
            part(machine, *given)
        except Failure as failure:
            wrong.append(str(failure))
    return "\n".join(wrong)


TIDY = ("-q", "-p", "no:cacheprovider", "--tb=short")


def main():
    """Run the legs asked for, and tell how they went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--leg", action="append", default=[], help="a part of the name of a leg; all if not given"
    )
    parser.add_argument(
        "--quick", action="store_true", help="what hangs most on last bits, in a minute or two"
    )
    given = parser.parse_args()
    asked, tests = (QUICK, ()) if given.quick else (WHOLE, TESTS)
    legs = [
        one for one in machines() if not given.leg or any(part in one.name for part in given.leg)
    ]
    if not legs:
        parser.error("no leg has such a name")
    with tempfile.TemporaryDirectory() as kept:
        right = shown(HERE, asked, kept)
    failed = [one.name for one in legs if not passes(one, asked, right, tests)]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def passes(machine, asked, right, tests):
    """Whether a machine shows what is right; tells how it went, in how many seconds."""
    start = time.perf_counter()
    wrong = "" if machine.missing else tried(machine, asked, right, tests)
    fate = f"left out, {machine.missing}" if machine.missing else "failed" if wrong else "passed"
    seconds = time.perf_counter() - start
    print(
        f"{machine.name}: {fate}; {0 if machine.missing else len(right)} lines, {seconds:.0f} s",
        flush=True,
    )
    for line in wrong.splitlines()[:TOLD]:
        print(f"  {line}", flush=True)
    return not wrong


if __name__ == "__main__":
    main()
