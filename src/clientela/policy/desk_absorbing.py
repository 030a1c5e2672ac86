"""Policy of joining and parting cards: whoever runs the desk, never a professional, who sees only a part of a card."""

from __future__ import annotations

from clientela.policy.rule import FRONT, Rule, staff

ROUTES: dict[str, Rule] = {
    "desk:absorb": staff(FRONT, post=True),
    "desk:merges": staff(FRONT),
    "desk:merge-part": staff(FRONT, post_only=True),
    "desk:merge-answer": staff(FRONT, post_only=True),
}
