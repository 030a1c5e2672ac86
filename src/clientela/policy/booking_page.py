"""Policy of the booking page door."""

from __future__ import annotations

from clientela.policy.rule import Rule

ROUTES: dict[str, Rule] = {}
