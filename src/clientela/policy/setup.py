"""Policy of set-up: the console's code opens the first step, the operator or owner does the rest."""

from __future__ import annotations

from clientela.policy.rule import OWNERS, Audience, ObjectRule, Rule, Scope, staff

_FORM = frozenset({"GET", "HEAD", "POST"})

ROUTES: dict[str, Rule] = {
    "setup:start": Rule(
        audience=frozenset({Audience.SETUP_CODE}),
        scope=Scope.NONE,
        objects=ObjectRule.NONE,
        methods=_FORM,
    ),
    "setup:business": Rule(
        audience=frozenset({Audience.OPERATOR}),
        scope=Scope.NONE,
        objects=ObjectRule.NONE,
        methods=_FORM,
    ),
    "setup:hours": staff(OWNERS, post=True),
    "setup:service": staff(OWNERS, post=True),
    "setup:invite": staff(OWNERS, post=True),
    "setup:done": staff(OWNERS),
}
