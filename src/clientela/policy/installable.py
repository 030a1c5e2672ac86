"""Policy of the installable room."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, own, public

ROUTES: dict[str, Rule] = {
    "installable:business-manifest": public(),
    "installable:business-icon": public(),
    "installable:client-manifest": public(scope=Scope.NONE),
    "installable:client-icon": public(scope=Scope.NONE),
    "installable:worker": public(scope=Scope.NONE),
    # A stranger reads only that there is no network; a person, their own upcoming appointments.
    "installable:offline": Rule(
        audience=frozenset({Audience.ANYONE}), scope=Scope.NONE, objects=ObjectRule.OWN
    ),
    "installable:hide-hint": own(post_only=True, wants_activation=False),
}
