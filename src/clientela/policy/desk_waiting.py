"""Policy of the desk's waiting list: everybody on the staff; a professional reaches who waits for them."""

from __future__ import annotations

from clientela.policy.rule import ObjectRule, Rule, staff

ROUTES: dict[str, Rule] = {
    "desk:waiting": staff(objects=ObjectRule.OF_ROLE),
    "desk:waiting-new": staff(objects=ObjectRule.OF_ROLE, post=True),
    "desk:waiting-remove": staff(objects=ObjectRule.OF_ROLE, post_only=True),
}
