"""Policy of the desk's diagnosis: everybody on the staff asks about the clients they reach."""

from __future__ import annotations

from clientela.policy.rule import ObjectRule, Rule, staff

_LOOK = staff(objects=ObjectRule.OF_ROLE)

ROUTES: dict[str, Rule] = {
    "desk:diagnose": _LOOK,
    "desk:diagnose-client": _LOOK,
    "desk:diagnose-fix": staff(objects=ObjectRule.OF_ROLE, post_only=True),
}
