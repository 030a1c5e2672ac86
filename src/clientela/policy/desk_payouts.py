"""Policy of markers and payouts: all of the staff see who is new; what somebody earns, the owner and they themselves."""

from __future__ import annotations

from clientela.policy.rule import OWNERS, Audience, ObjectRule, Rule, staff

_EARNERS = staff(OWNERS | {Audience.PROFESSIONAL}, objects=ObjectRule.OF_ROLE)

ROUTES: dict[str, Rule] = {
    "desk:appointment-marker": staff(objects=ObjectRule.OF_ROLE, post=True),
    "desk:marker-answer": staff(OWNERS, post_only=True),
    "desk:marker-withdraw": staff(objects=ObjectRule.OF_ROLE, post_only=True),
    "desk:payouts": _EARNERS,
    "desk:payouts-open": _EARNERS,
    "desk:payouts-close": staff(OWNERS, post_only=True),
    "desk:payouts-statement": _EARNERS,
    "desk:payouts-statement-file": _EARNERS,
    "desk:settings-payouts": staff(OWNERS, post=True),
}
