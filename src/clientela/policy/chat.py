"""Policy of the support's chat: anybody writes to it; a conversation is opened by its account, browser or mailed link."""

from __future__ import annotations

from dataclasses import replace

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, public

_GUESTS_OWN = Rule(
    audience=frozenset({Audience.ANYONE}),
    scope=Scope.NONE,
    objects=ObjectRule.OWN,
)
_READ_OR_SEND = frozenset({"GET", "HEAD", "POST"})
ROUTES: dict[str, Rule] = {
    "chat:open": public(scope=Scope.NONE),
    "chat:thread": _GUESTS_OWN,
    "chat:say": replace(_GUESTS_OWN, methods=_READ_OR_SEND),
    "chat:by-mail": Rule(
        audience=frozenset({Audience.LINK_HOLDER}),
        scope=Scope.NONE,
        objects=ObjectRule.OF_LINK,
        methods=_READ_OR_SEND,
    ),
}
