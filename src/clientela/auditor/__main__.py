"""``python -m clientela.auditor URL``: audit any database, without the application's settings."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from clientela.auditor.audit import audit, report

ARGUMENTS = 2


def main() -> int:
    """Print the verdicts; return 1 when a promise is broken."""
    if len(sys.argv) != ARGUMENTS:
        sys.stderr.write("python -m clientela.auditor postgresql://… | sqlite:///path\n")
        return 2
    verdicts = audit(url=sys.argv[1], now=datetime.now(tz=UTC))  # noqa: TID251 -- a program of its own, which shares no clock
    sys.stdout.write(report(verdicts) + "\n")
    return int(any(not verdict.holds for verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main())
