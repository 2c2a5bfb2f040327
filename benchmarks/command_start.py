"""How long a person waits for `mcda rank`: the command in a fresh process, beside its parts."""

import statistics
import subprocess
import sys
import time

REPEATS = 9
PARTS = {
    "python alone": "pass",
    "numpy and pandas": "import numpy, pandas",
    "mcda --help": "from mcda.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass",
    "the face: import mcda": "import mcda",
    "the question and its holders": "from criteria import ukraine_force as question; question.perspectives()",
    "mcda rank ukraine_force --json": "from mcda.cli import main; main(['rank', 'ukraine_force', '--json'])",
}


def median_seconds(code: str) -> float:
    """Return the median time of a fresh process that runs some code."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the time of each part; each holds those above it."""
    print(f"Median of {REPEATS} fresh processes")
    for name, code in PARTS.items():
        print(f"{name:32s} {1000 * median_seconds(code):6.0f} ms")


if __name__ == "__main__":
    main()
