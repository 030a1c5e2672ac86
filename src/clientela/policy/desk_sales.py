"""Policy of the desk's sales."""

from __future__ import annotations

from clientela.policy.rule import Rule

ROUTES: dict[str, Rule] = {}
