"""Policy of the leaving room: a person's own data and account. Who has not chosen their messages yet may leave as well."""

from __future__ import annotations

from clientela.policy.rule import Rule, Scope, own, public

ROUTES: dict[str, Rule] = {
    "leaving:data": own(wants_activation=False),
    "leaving:file": own(wants_activation=False),
    "leaving:erase": own(post=True, wants_activation=False),
    "leaving:erased": public(scope=Scope.NONE),
}
