"""Policy of the help: anybody reads it and says whether it helped."""

from __future__ import annotations

from clientela.policy.rule import Rule, Scope, public

ROUTES: dict[str, Rule] = {
    "help:index": public(scope=Scope.NONE),
    "help:article": public(scope=Scope.NONE, post=True),
}
