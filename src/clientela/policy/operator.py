"""Policy of the operator door: the self-hoster's account, and nobody else."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope

READS = frozenset({"GET", "HEAD"})
ACTS = frozenset({"POST"})


def _operator(methods: frozenset[str]) -> Rule:
    """A page of the whole installation: it looks across businesses, so it runs in the system's scope."""
    return Rule(
        audience=frozenset({Audience.OPERATOR}),
        scope=Scope.SYSTEM,
        objects=ObjectRule.NONE,
        methods=methods,
    )


ROUTES: dict[str, Rule] = {
    "operator:home": _operator(READS),
    "operator:agents": _operator(READS | ACTS),
    "operator:end-agent": _operator(ACTS),
    "operator:design": _operator(READS),
    "operator:resend": _operator(ACTS),
    "operator:leave": _operator(ACTS),
    "operator:release": _operator(ACTS),
    "operator:retry-events": _operator(ACTS),
}
