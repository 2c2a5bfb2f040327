"""The runner and what it runs are scripts beside each other: they are run, not imported."""

collect_ignore = ["run.py", "cells.py", "files.py", "kills.py"]
