"""A document that makes sense: all checks, and what they learned on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clientela.integrations.business_file.checks.bookings import (
    Taken,
    Times,
    check_groups,
    check_overlaps,
    check_times,
    taken_times,
)
from clientela.integrations.business_file.checks.cards import Reached, check_cards, check_staff
from clientela.integrations.business_file.checks.keys import check_keys, check_references
from clientela.integrations.business_file.checks.ledger import check_movements
from clientela.integrations.business_file.checks.merges import check_merges
from clientela.integrations.business_file.checks.messages import check_messages
from clientela.integrations.business_file.checks.payouts import check_payouts
from clientela.integrations.business_file.checks.sales import check_credits, check_sales
from clientela.integrations.business_file.checks.timetable import check_timetable
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.index import Index
from clientela.integrations.business_file.problems import Problems


@dataclass(frozen=True, slots=True)
class Checked:
    """A document without a problem of its own, and its exact times and comparable contacts."""

    document: BusinessFile
    index: Index
    times: Times
    taken: list[Taken]
    reached: dict[tuple[int, int], Reached]


def check(document: BusinessFile, *, now: datetime, problems: Problems | None = None) -> Checked:
    """Return the document checked as a whole, or raise ``BadFile`` with every problem.

    Whether this installation has room for it (its slug, its ids) is not asked here; ``problems``
    carries what was found elsewhere, so that a person reads all of it at once.
    """
    problems = problems or Problems()
    index = Index.of(document)
    check_keys(document, problems=problems)
    check_references(document, index=index, problems=problems)
    check_timetable(document, problems=problems)
    check_staff(document, problems=problems)
    check_messages(document, problems=problems)
    check_merges(document, index=index, problems=problems)
    reached = check_cards(document, problems=problems)
    times = check_times(document, index=index, now=now, problems=problems)
    check_groups(document, index=index, problems=problems)
    check_payouts(document, index=index, problems=problems)
    check_sales(document, problems=problems)
    check_credits(document, index=index, problems=problems)
    check_movements(document, index=index, problems=problems)
    taken = taken_times(document, times=times)
    check_overlaps(taken, problems=problems)
    problems.raise_if_any()
    return Checked(document, index, times, taken, reached)
