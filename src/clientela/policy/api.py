"""Policy of the API. Public operations publish; the others want a token or the appointment's link."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, public

_HELD = frozenset({Audience.API_TOKEN, Audience.LINK_HOLDER})
_POST = frozenset({"POST"})

ROUTES: dict[str, Rule] = {
    "api-openapi": public(scope=Scope.NONE),
    "api-docs": public(scope=Scope.NONE),
    "api-v1:business": public(),
    "api-v1:services": public(),
    "api-v1:professionals": public(),
    "api-v1:availability": public(),
    "api-v1:appointments": Rule(
        audience=frozenset({Audience.ANYONE, Audience.API_TOKEN}),
        scope=Scope.BUSINESS,
        objects=ObjectRule.PUBLIC,
        methods=_POST,
    ),
    "api-v1:appointment": Rule(audience=_HELD, scope=Scope.BUSINESS, objects=ObjectRule.OF_TOKEN),
    **{
        f"api-v1:{verb}": Rule(
            audience=_HELD, scope=Scope.BUSINESS, objects=ObjectRule.OF_TOKEN, methods=_POST
        )
        for verb in ("reschedule", "cancel", "confirm")
    },
}
