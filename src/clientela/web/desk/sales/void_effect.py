"""What voiding a sale would do, drawn: each appointment with the badge it has and the one it gets."""

from __future__ import annotations

from clientela.booking.models import Appointment
from clientela.checkout.queries.void_preview import VoidPreview
from clientela.rules.redemption_state import RedemptionState
from clientela.web.desk.sales.effect import Turn, turn_words
from clientela.web.desk.staff import Desk
from clientela.web.states import Audience, badge_of, credit_badge


def void_turns(desk: Desk, preview: VoidPreview) -> list[Turn]:
    """Return the appointments that lose their credit, oldest first."""
    after = [
        *((one, RedemptionState.PENDING) for one in preview.reopens),
        *((one, RedemptionState.REDEEMED) for one in preview.again),
        *((one, RedemptionState.NONE) for one in (*preview.unpaid, *preview.ended)),
    ]
    after.sort(key=lambda pair: (pair[0].starts_at, pair[0].pk))
    return [_turn(desk, one, state) for one, state in after]


def _turn(desk: Desk, one: Appointment, state: RedemptionState) -> Turn:
    when, what = turn_words(one, desk)
    before = badge_of(one.status, audience=Audience.STAFF, redemption=one.redemption)
    then = badge_of(one.status, audience=Audience.STAFF, redemption=state)
    if state is RedemptionState.PENDING:
        then = credit_badge(state, audience=Audience.STAFF) or then
    return Turn(when=when, what=what, before=before, after=None if then == before else then)
