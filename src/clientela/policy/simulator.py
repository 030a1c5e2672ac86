"""Policy of the simulator door: open to all, and absent (404) outside a demo or a test."""

from __future__ import annotations

from clientela.policy.rule import Rule, Scope, public

ROUTES: dict[str, Rule] = {
    "simulator:home": public(scope=Scope.SYSTEM),
    "simulator:mail": public(scope=Scope.SYSTEM),
    "simulator:html": public(scope=Scope.SYSTEM),
    "simulator:calendar": public(scope=Scope.SYSTEM),
    "simulator:source": public(scope=Scope.SYSTEM),
    "simulator:texts": public(scope=Scope.SYSTEM, post=True),
    "simulator:pushes": public(scope=Scope.SYSTEM),
    "simulator:faults": public(scope=Scope.SYSTEM, post=True),
    "simulator:pay": public(scope=Scope.SYSTEM, post=True),
}
