"""What voiding a sale would do, drawn: each appointment with the badge it has and the one it gets."""

from __future__ import annotations

from uuid import UUID

from clientela.booking.models import Appointment
from clientela.checkout.queries.void_preview import VoidPreview
from clientela.rules.redemption_state import RedemptionState
from clientela.web.desk.sales.effect import Turn, turn_words
from clientela.web.desk.staff import Desk
from clientela.web.states import Audience, badge_of, credit_badge


def void_turns(desk: Desk, preview: VoidPreview, *, client_id: UUID) -> list[Turn]:
    """Return the appointments that lose their credit, oldest first; whose it is, where it was lent to another card."""
    after = [
        *((one, RedemptionState.PENDING) for one in preview.reopens),
        *((one, RedemptionState.REDEEMED) for one in preview.again),
        *((one, RedemptionState.NONE) for one in (*preview.unpaid, *preview.ended)),
    ]
    after.sort(key=lambda pair: (pair[0].starts_at, pair[0].pk))
    return [_turn(desk, one, state, client_id) for one, state in after]


def _turn(desk: Desk, one: Appointment, state: RedemptionState, client_id: UUID) -> Turn:
    when, what = turn_words(one, desk)
    if one.client_id != client_id:
        what = f"{one.client.record_name} · {what}"
    before = badge_of(one.status, audience=Audience.STAFF, redemption=one.redemption)
    then = badge_of(one.status, audience=Audience.STAFF, redemption=state)
    if state is RedemptionState.PENDING:
        then = credit_badge(state, audience=Audience.STAFF) or then
    return Turn(when=when, what=what, before=before, after=None if then == before else then)
