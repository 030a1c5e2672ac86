"""Policy of the booking page door."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, by_link, public

ROUTES: dict[str, Rule] = {
    # The list of businesses reads only what each of them publishes: name, colour, place.
    "booking_page:home": public(scope=Scope.SYSTEM),
    "booking_page:language": Rule(
        audience=frozenset({Audience.ANYONE}),
        scope=Scope.NONE,
        objects=ObjectRule.NONE,
        methods=frozenset({"POST"}),
    ),
    "booking_page:business": public(post=True),
    "booking_page:email-check": Rule(
        audience=frozenset({Audience.ANYONE}),
        scope=Scope.BUSINESS,
        objects=ObjectRule.NONE,
        methods=frozenset({"POST"}),
    ),
    "booking_page:waiting": public(post=True),
    "booking_page:waiting-joined": public(),
    "booking_page:waiting-entry": by_link(post=True),
}
