"""Policy of the API. Public operations publish; the others want a token or the appointment's link; money a token."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, public

_HELD = frozenset({Audience.API_TOKEN, Audience.LINK_HOLDER})
_GET, _POST = frozenset({"GET"}), frozenset({"POST"})


def _published() -> Rule:
    return Rule(
        audience=frozenset({Audience.ANYONE}),
        scope=Scope.BUSINESS,
        objects=ObjectRule.PUBLIC,
        methods=_GET,
    )


def _for_programs(methods: frozenset[str]) -> Rule:
    return Rule(
        audience=frozenset({Audience.API_TOKEN}),
        scope=Scope.BUSINESS,
        objects=ObjectRule.OF_TOKEN,
        methods=methods,
    )


ROUTES: dict[str, Rule] = {
    "api-openapi": public(scope=Scope.NONE),
    "api-docs": public(scope=Scope.NONE),
    "api-v1:business": _published(),
    "api-v1:services": _published(),
    "api-v1:professionals": _published(),
    "api-v1:availability": _published(),
    "api-v1:appointments": Rule(
        audience=frozenset({Audience.ANYONE, Audience.API_TOKEN}),
        scope=Scope.BUSINESS,
        objects=ObjectRule.PUBLIC,
        methods=_POST,
    ),
    "api-v1:appointment": Rule(
        audience=_HELD, scope=Scope.BUSINESS, objects=ObjectRule.OF_TOKEN, methods=_GET
    ),
    **{
        f"api-v1:{verb}": Rule(
            audience=_HELD, scope=Scope.BUSINESS, objects=ObjectRule.OF_TOKEN, methods=_POST
        )
        for verb in ("reschedule", "cancel", "confirm")
    },
    "api-v1:packages": Rule(
        audience=frozenset({Audience.ANYONE, Audience.API_TOKEN}),
        scope=Scope.BUSINESS,
        objects=ObjectRule.PUBLIC,
        methods=_GET,
    ),
    **{
        f"api-v1:{name}": _for_programs(_GET)
        for name in ("client-balance", "client-sales", "messages", "sale", "to-settle")
    },
    **{
        f"api-v1:{name}": _for_programs(_POST)
        for name in (
            "forecast",
            "preview-sale",
            "sales",
            "sale-payments",
            "sale-refunds",
            "sale-void",
        )
    },
    "api-v1:client-preferences": _for_programs(_GET | frozenset({"PUT"})),
}
