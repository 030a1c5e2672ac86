"""Policy of the api door."""

from __future__ import annotations

from clientela.policy.rule import Rule

ROUTES: dict[str, Rule] = {}
