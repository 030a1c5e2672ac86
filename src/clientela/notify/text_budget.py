"""What texts may cost, and how many one number may get: counted before they leave, never exceeded.

Whoever types a number somewhere makes us text it, and texts cost money: with many browsers, numbers and countries
that is a way to spend it. So a month has a cap in money, which nothing passes, a number gets three a day, and numbers
of other countries get none unless the business says so. What the staff write themselves is counted in money only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import F

from clientela.notify.models import TextGateway, TextSpend
from clientela.people.phones import number_country
from clientela.platform.locking import lock
from clientela.platform.throttle import Limit, allow_each, take_back

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

PER_DAY: Final = 3
NEAR_PERCENT: Final = 80
_DAY_SECONDS: Final = 86_400
NUMBER_LIMIT, MONTHLY_CAP, COUNTRY_OFF = "number-limit", "monthly-cap", "country-off"
"""Why a text may not leave, as ``Message.because`` keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSpending:
    """One text that is to leave. ``is_counted``: not written by the staff, so it counts for its number."""

    gateway: TextGateway
    number: str
    segments: int
    is_counted: bool = True

    @property
    def cost_minor(self) -> int:
        """Price of all its segments, in minor units."""
        return self.segments * self.gateway.price_minor


def is_used_up(*, gateway: TextGateway, spent_minor: int) -> bool:
    """Whether not one more segment can be paid of what a month may cost."""
    return spent_minor + gateway.price_minor > gateway.cap_minor


def is_nearly_used_up(*, gateway: TextGateway, spent_minor: int) -> bool:
    """Whether four fifths of what a month may cost are spent."""
    return spent_minor * 100 >= gateway.cap_minor * NEAR_PERCENT


def month_of(now: datetime) -> str:
    """Return the month of the calendar in UTC in which ``now`` is counted, such as ``2026-11``."""
    return f"{now:%Y-%m}"


def is_country_on(*, gateway: TextGateway, number: str) -> bool:
    """Whether the business writes to numbers of that country."""
    return number_country(number) in gateway.countries


def spend_texts(*, spendings: Sequence[TextSpending], now: datetime) -> list[str]:
    """Count texts and say of each why it may not leave; blank: it may. One that may not is not counted.

    However many ask at once, a month's sum never passes the cap of the gateway. Called in the transaction that
    begins the attempts: if that fails, nothing left and nothing counts.
    """
    _hold(spendings, now)
    answers = [
        "" if is_country_on(gateway=one.gateway, number=one.number) else COUNTRY_OFF
        for one in spendings
    ]
    asked = [at for at, one in enumerate(spendings) if one.is_counted and not answers[at]]
    if asked:
        allowed = allow_each(uses=[[_limit(spendings[at])] for at in asked], now=now)
        for at, may in zip(asked, allowed, strict=True):
            answers[at] = "" if may else NUMBER_LIMIT
    too_dear = [
        at for at, one in enumerate(spendings) if not answers[at] and not _pay(one, now=now)
    ]
    _uncount([spendings[at] for at in too_dear], now)
    for at in too_dear:
        answers[at] = MONTHLY_CAP
    return answers


def refund_texts(*, spendings: Sequence[TextSpending], now: datetime) -> None:
    """Take counted texts off again that certainly did not leave."""
    _hold(spendings, now)
    for one in spendings:
        month = _of_month(one.gateway.business_id, now).filter(spent_minor__gte=one.cost_minor)
        month.update(spent_minor=F("spent_minor") - one.cost_minor)  # writes: the budget's own row
    _uncount(spendings, now)


def spent_in_month(*, business_id: UUID, now: datetime) -> int:
    """Return what this month's texts have cost so far, in minor units."""
    found = _of_month(business_id, now).values_list("spent_minor", flat=True).first()
    return found or 0


def _pay(one: TextSpending, *, now: datetime) -> bool:
    """Add the cost to the month, if it stays within the cap."""
    room = one.gateway.cap_minor - one.cost_minor
    if room < 0:
        return False
    month = _of_month(one.gateway.business_id, now).filter(spent_minor__lte=room)
    after = F("spent_minor") + one.cost_minor
    return bool(month.update(spent_minor=after))  # writes: likewise


def forget_alarms(*, gateway: TextGateway, now: datetime) -> None:
    """Take back that the owners were told of this month's money, as far as a cap that changed made it untrue.

    Then they hear again when it is so again. In the caller's transaction.
    """
    spend = _of_month(gateway.business_id, now).first()
    if spend is None:
        return
    spent = spend.spent_minor
    if not is_used_up(gateway=gateway, spent_minor=spent):
        spend.full_at = None
    if not is_nearly_used_up(gateway=gateway, spent_minor=spent):
        spend.alarmed_at = None
    spend.save(update_fields=["full_at", "alarmed_at"])  # writes: the caller's transaction


def _hold(spendings: Sequence[TextSpending], now: datetime) -> None:
    """Make the months' rows, and take them one after another in one order, so that nobody waits in a ring."""
    businesses = {one.gateway.business_id for one in spendings}
    month = month_of(now)
    lock(keys=[f"text-spend:{one}:{month}" for one in businesses])
    TextSpend.objects.bulk_create(  # writes: likewise
        [TextSpend(business_id=one, month=month) for one in sorted(businesses)],
        ignore_conflicts=True,
    )


def _of_month(business_id: UUID, now: datetime) -> QuerySet[TextSpend]:
    return TextSpend.objects.filter(business_id=business_id, month=month_of(now))


def _uncount(spendings: Sequence[TextSpending], now: datetime) -> None:
    counted = [[_limit(one)] for one in spendings if one.is_counted]
    if counted:
        take_back(uses=counted, now=now)


def _limit(one: TextSpending) -> Limit:
    return Limit(f"text-budget:{one.gateway.business_id}:{one.number}", PER_DAY, _DAY_SECONDS)
