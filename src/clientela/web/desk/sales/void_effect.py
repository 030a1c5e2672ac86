"""What voiding a sale would do: which appointments wait again, and which another credit redeems at once."""

from __future__ import annotations

from collections.abc import Sequence

from clientela.booking.causes import appointment_id_of, cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import wanted_for, wanted_of
from clientela.ledger.models import Grant, Redemption, Sale
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.rules.lifecycle import HOLDS_TIME, Status
from clientela.rules.redemption import plan_redemptions
from clientela.rules.redemption_state import RedemptionState
from clientela.web.desk.sales.effect import Turn, turn_words
from clientela.web.desk.staff import Desk
from clientela.web.states import Audience, badge_of


def void_turns(desk: Desk, sale: Sale) -> list[Turn]:
    """Return the appointments that lose their credit, oldest first, each with its badge now and afterwards.

    The same rule as the act decides which of them another credit redeems at once. Seven queries at most.
    """
    grant = Grant.objects.filter(sale=sale, closed_at__isnull=True).first()
    if grant is None:
        return []
    standing = Redemption.objects.filter(grant=grant, released_at__isnull=True)
    ids = [appointment_id_of(cause) for cause in standing.values_list("cause", flat=True)]
    rows = (
        Appointment.objects.filter(pk__in=[one for one in ids if one])
        .select_related("service", "professional__resource", "client")
        .order_by("starts_at", "id")
    )
    lost = list(rows)
    kept = _redeemed_again(sale, grant, lost)
    return [_turn(desk, one, redeemed=cause_of(one.pk) in kept) for one in lost]


def _redeemed_again(sale: Sale, grant: Grant, lost: Sequence[Appointment]) -> set[str]:
    """The causes that other credits of the client redeem at once."""
    needing = [one for one in lost if _waits(one)]
    if not needing:
        return set()
    plan = plan_redemptions(
        wanted=[*wanted_of(client_id=sale.client_id), *(wanted_for(one) for one in needing)],
        usable=[one for one in usable_grants(client_id=sale.client_id) if one.grant_id != grant.pk],
    )
    return {one.cause for one in plan}


def _waits(one: Appointment) -> bool:
    return Status(one.status) in HOLDS_TIME and one.service.needs_credits


def _turn(desk: Desk, one: Appointment, *, redeemed: bool) -> Turn:
    after = RedemptionState.PENDING if _waits(one) else RedemptionState.NONE
    if redeemed:
        after = RedemptionState.REDEEMED
    when, what = turn_words(one, desk)
    before = badge_of(one.status, audience=Audience.STAFF, redemption=one.redemption)
    then = badge_of(one.status, audience=Audience.STAFF, redemption=after)
    return Turn(when=when, what=what, before=before, after=None if then == before else then)
