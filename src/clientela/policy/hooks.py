"""Policy of the hooks: programs of carriers, proved by their signatures before any row is written."""

from __future__ import annotations

from typing import Final

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope

_BY_SIGNATURE: Final = Rule(
    audience=frozenset({Audience.ANYONE}),
    scope=Scope.SYSTEM,
    objects=ObjectRule.NONE,
    methods=frozenset({"POST"}),
)
ROUTES: dict[str, Rule] = {
    "hooks:text-news": _BY_SIGNATURE,
    "hooks:text-in": _BY_SIGNATURE,
    "hooks:mail": _BY_SIGNATURE,
}
