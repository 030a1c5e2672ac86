"""Policy of the desk's duplicates: who reaches every card of the business sees which of them may be one person."""

from __future__ import annotations

from clientela.policy.rule import FRONT, Rule, staff

_LOOK = staff(FRONT)

ROUTES: dict[str, Rule] = {
    "desk:duplicates": _LOOK,
    "desk:duplicate-hint": _LOOK,
    "desk:duplicate": _LOOK,
    "desk:duplicate-decide": staff(FRONT, post_only=True),
}
