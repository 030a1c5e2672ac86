"""Policy of the support's desk: support agents and the operator, and no business's rows beside the one that is asked about."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope

READS = frozenset({"GET", "HEAD"})
ACTS = frozenset({"POST"})


def _support(methods: frozenset[str] = READS) -> Rule:
    """A page without any scope: only a request about a booking opens one, that of its own business."""
    return Rule(
        audience=frozenset({Audience.SUPPORT}),
        scope=Scope.NONE,
        objects=ObjectRule.NONE,
        methods=methods,
    )


ROUTES: dict[str, Rule] = {
    "support:requests": _support(),
    "support:request": _support(),
    "support:decide": _support(ACTS),
    "support:threads": _support(),
    "support:thread": _support(),
    "support:answer": _support(ACTS),
    "support:read": _support(ACTS),
    "support:aside": _support(ACTS),
}
