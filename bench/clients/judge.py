"""How well the matching does on records whose truth is known: per class, and per bin of probability."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bench.clients.cards import Entry, labelled, truth, undecidable

from clientela.rules.client_match import MatchCard, crowd_of, read_card, score
from clientela.rules.match_keys import keys_of
from clientela.rules.match_pairs import candidate_pairs, coded

Pair = tuple[int, int]
VERY_LIKELY = 0.97  # from here on the desk says so


@dataclass
class Report:
    """What was measured. ``reachable`` counts the pairs of one person that share an address, a number or a birthday."""

    clients: int
    reachable: int = 0
    found_by_keys: int = 0
    keys_per_client: float = 0.0
    verdicts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    decidable_wrong: int = 0
    sure_wrong: int = 0
    bins: dict[int, list[float]] = field(
        default_factory=lambda: defaultdict(lambda: [0.0, 0.0, 0.0])
    )
    households: int = 0
    seconds: float = 0.0
    missed: list[Pair] = field(default_factory=list)
    wrong: list[Pair] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the pairs proposed as one person, the share that is."""
        proposed = sum(counted["same"] for counted in self.verdicts.values())
        return self.verdicts["same"]["same"] / max(1, proposed)

    @property
    def recall(self) -> float:
        """Of the reachable pairs of one person, the share proposed as such."""
        return 1 - len(self.missed) / max(1, self.reachable)

    @property
    def household_error(self) -> float:
        """Of the pairs of one household, the share proposed as one person."""
        return self.verdicts["household"]["same"] / max(1, self.households)

    @property
    def decidable_household_error(self) -> float:
        """The same of the pairs that a careful person could tell apart."""
        return self.decidable_wrong / max(1, self.households)

    @property
    def sure_household_error(self) -> float:
        """The same of the pairs that the desk is told are very likely one person."""
        return self.sure_wrong / max(1, self.households)

    @property
    def calibration_error(self) -> float:
        """The mean distance of said and true probability over the bins, each weighed by its pairs."""
        pairs = sum(count for count, _, _ in self.bins.values())
        gap = sum(abs(said - true) for _, said, true in self.bins.values())
        return gap / max(1.0, pairs)

    @property
    def keys_recall(self) -> float:
        """Of the reachable pairs of one person, the share that the keys bring together."""
        return self.found_by_keys / max(1, self.reachable)


def judge(entries: list[Entry]) -> Report:
    """Match all of them as one business and compare with the truth."""
    started = time.monotonic()
    cards = [read_card(entry.facts, country=entry.country) for entry in entries]
    crowd = crowd_of(cards)
    keys = [coded(keys_of(card)) for card in cards]
    report = Report(clients=len(entries), keys_per_client=sum(map(len, keys)) / len(keys))
    found: set[Pair] = set()
    same: set[Pair] = set()
    for one, other in candidate_pairs(keys):
        found.add((one, other))
        likeness = score(cards[one], cards[other], among=crowd)
        label = truth(entries[one], entries[other])
        report.verdicts[label][likeness.verdict.value] += 1
        if likeness.verdict.value == "same":
            same.add((one, other))
            if label != "same":
                report.wrong.append((one, other))
                decidable = not undecidable(entries[one], entries[other])
                report.decidable_wrong += label == "household" and decidable
                report.sure_wrong += label == "household" and likeness.probability >= VERY_LIKELY
        if likeness.probability >= 0.01:
            _count(report, likeness.probability, is_same=label == "same")
    report.seconds = time.monotonic() - started
    for one, other, label in labelled(entries):
        pair = (min(one, other), max(one, other))
        if label == "household":
            report.households += 1
        if label != "same" or not reachable(cards[one], cards[other]):
            continue
        if undecidable(entries[one], entries[other]):
            continue
        report.reachable += 1
        report.found_by_keys += pair in found
        if pair not in same:
            report.missed.append(pair)
    return report


def reachable(one: MatchCard, other: MatchCard) -> bool:
    """Whether the two share an address, a number or a birthday."""
    return bool(
        set(one.emails) & set(other.emails)
        or set(one.phones) & set(other.phones)
        or (one.birthday and one.birthday == other.birthday)
    )


def _count(report: Report, probability: float, *, is_same: bool) -> None:
    counted = report.bins[min(9, int(probability * 10))]
    counted[0] += 1
    counted[1] += probability
    counted[2] += is_same
