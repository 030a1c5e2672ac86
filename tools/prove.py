"""Races, crashes, clock changes and journeys: ``make prove`` a hundredth of them, ``make prove-all`` all.

``CLIENTELA_PROVE=1`` is what the tests read to choose their numbers; each prints its seed and its figures.
``--all`` also runs the suite on the next Django and the newest Python, where this machine has one.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from tools import next_django, run_tests

if TYPE_CHECKING:
    from collections.abc import Sequence

SELECTION = "race or slow or browser"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proofs on both databases; the exit code is the first that is not 0."""
    parser = argparse.ArgumentParser(description="Run the proofs.")
    parser.add_argument("--all", action="store_true", help="the full numbers, and the next Django")
    options, given = parser.parse_known_args(arguments)
    if not options.all:
        return run_tests.main([*given, "-s"], selection=SELECTION)
    os.environ["CLIENTELA_PROVE"] = "1"
    code = run_tests.main([*given, "-s"], selection="")
    return code or next_django.main()


if __name__ == "__main__":
    sys.exit(main())
