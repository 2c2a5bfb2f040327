"""Run what is shown under simulated machines and compare it, line by line, with what this machine shows.

A leg passes where every line is the same and, beyond --quick, the tests named pass too and each report made there is
verified here, sentence by sentence. Ends with a table of legs, and with status 1 where one failed.
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
TOLD = 10  # lines of a difference that are printed
QUICK = [
    "--notebook=03", "--command=rank ukraine_force --holder Paris --method topsis", "--command=weights ukraine_force",
    "--command=challenge ukraine_force --holder London --draws 200",
]  # fmt: skip
WHOLE = [
    *(f"--notebook={number:02d}" for number in range(1, 9)), *QUICK[1:],
    *(f"--report={question}" for question in ("ukraine_force", "heparin")),
]  # fmt: skip
TESTS = ["tests/published", "tests/engine/test_digits.py", "tests/engine/test_topsis.py", "tests/engine/test_spaces.py",
         "tests/engine/test_eigenvector.py", "tests/engine/test_fragility.py", "tests/engine/test_agreement.py",
         "tests/engine/test_switching.py", "tests/engine/test_acceptability.py"]  # fmt: skip


def run(machine, *arguments):
    """A command of Python on a machine."""
    command = [machine.python or sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=machine.environment(), capture_output=True, text=True, check=False)


def shown(machine, asked, kept=None):
    """What a machine shows, as lines; where it can't, its complaint."""
    keep = [f"--keep={kept}"] if kept else []
    done = run(machine, str(Path(__file__).with_name("shown.py")), *asked, *keep)
    return done.stdout.splitlines() if done.returncode == 0 else [f"failed: {done.stderr[-2000:]}"]


def faults(machine, asked, right, whole):
    """What is wrong on a machine, as lines; none where all is well."""
    with tempfile.TemporaryDirectory() as kept:
        found = list(difflib.unified_diff(right, shown(machine, asked, kept), "here", "there", "", "", 0))
        for folder in sorted(Path(kept).iterdir()):
            done = run(HERE, "-m", "mcda", "verify", str(folder))
            found += [f"verify {folder.name}: {done.stdout[-2000:]}"] if done.returncode else []
    if whole:
        done = run(machine, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS)
        found += done.stdout.splitlines()[-TOLD:] if done.returncode else []
    return found


def main():
    """Run the legs asked for, and tell how they went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leg", action="append", default=[], help="a part of the name of a leg; all if not given")
    parser.add_argument("--quick", action="store_true", help="what hangs most on last bits, in a minute or two")
    given = parser.parse_args()
    asked = QUICK if given.quick else WHOLE
    legs = [one for one in machines() if not given.leg or any(part in one.name for part in given.leg)]
    right, table = shown(HERE, asked), []
    for machine in legs:
        start = time.perf_counter()
        wrong = ["-"] if machine.missing else faults(machine, asked, right, not given.quick)
        told = f"left out: {machine.missing}" if machine.missing else "failed" if wrong else "passed"
        table.append((machine.name, told, f"{time.perf_counter() - start:.0f} s"))
        print(*(wrong[:TOLD] if told == "failed" else []), sep="\n", flush=True)
    print(f"{len(right)} lines shown by each")
    for row in table:
        print(f"{row[0]:32}{row[1]:48}{row[2]:>8}")
    sys.exit(any(told == "failed" for _, told, _ in table) or right[0].startswith("failed"))


if __name__ == "__main__":
    main()
