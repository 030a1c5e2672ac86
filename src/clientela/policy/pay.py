"""Policy of the pay door."""

from __future__ import annotations

from clientela.policy.rule import Rule

ROUTES: dict[str, Rule] = {}
