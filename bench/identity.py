"""How well one person is found, on invented clients of four languages: ``python -m bench.identity [COUNT] [SEED]``.

Prints a report per class of pairs: precision, recall, couples and families taken for one person, calibration, and
what the keys reach. The goals are those of the issue of one person, one card.
"""

from __future__ import annotations

import sys
from collections import Counter

from bench.clients.cards import Entry, clients
from bench.clients.judge import Report, judge


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    entries = clients(count=count, seed=seed)
    report = judge(entries)
    show(report)
    if "--why" in sys.argv:
        show_failures(report, entries)


def show(report: Report) -> None:
    """Print the figures beside their goals."""
    print(
        f"{report.clients} clients in {report.seconds:.1f} s, {report.keys_per_client:.2f} keys each"
    )
    print(f"precision         {report.precision:.4f}   goal ≥ 0.98")
    print(
        f"recall            {report.recall:.4f}   goal ≥ 0.90 of {report.reachable} reachable pairs"
    )
    print(
        f"household as one  {report.household_error:.4f}   goal ≤ 0.002 of {report.households} pairs"
    )
    print(f"… that can be told  {report.decidable_household_error:.4f}")
    print(f"… as very likely    {report.sure_household_error:.4f}")
    print(f"calibration error {report.calibration_error:.4f}   goal ≤ 0.03")
    print(f"keys find         {report.keys_recall:.5f}  goal ≥ 0.999")
    for label in ("same", "household", "homonym", "stranger"):
        print(f"  {label:<10}", dict(sorted(report.verdicts[label].items())))
    for place in sorted(report.bins):
        number, said, true = report.bins[place]
        print(
            f"  {place / 10:.1f}–{(place + 1) / 10:.1f}: {number:6.0f} pairs, said {said / number:.3f}, true {true / number:.3f}"
        )


def show_failures(report: Report, entries: list[Entry]) -> None:
    """Print some pairs that went wrong, for whoever looks for the reason."""
    for title, pairs in (("wrong", report.wrong), ("missed", report.missed)):
        print(f"\n{title}: {len(pairs)}", Counter(entries[one].channel for one, _ in pairs))
        for one, other in pairs[:40]:
            print(_said(entries[one]), "|", _said(entries[other]))


def _said(entry: Entry) -> str:
    facts = entry.facts
    return " ".join(
        filter(
            None,
            [
                facts.first_name,
                "/",
                facts.last_name,
                *facts.emails,
                *facts.phones,
                facts.birthday,
                facts.language,
            ],
        )
    )


if __name__ == "__main__":
    main()
