"""Policy of the pay door."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, by_link

ROUTES: dict[str, Rule] = {
    # A provider's program: its signature over the bytes is looked at before any row is.
    "pay:hook": Rule(
        audience=frozenset({Audience.ANYONE}),
        scope=Scope.SYSTEM,
        objects=ObjectRule.NONE,
        methods=frozenset({"POST"}),
    ),
    "pay:attempt": by_link(post=True),
    "pay:sale": by_link(post=True),
}
