"""docs/reference/policy.md: every route, whom it answers and which objects it may reach."""

from __future__ import annotations

from clientela.policy.table import TABLE

_HEAD = """# Who may go where

*Printed by `make papers` from `clientela/policy/`; the same table decides every request, and a route that is not
in it never answers.*

| Route | Answers | Whom | In whose scope | Which objects |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    rows = []
    for name, rule in sorted(TABLE.items()):
        methods = " ".join(sorted(rule.methods - {"HEAD"}))
        whom = ", ".join(sorted(rule.audience))
        rows.append(f"| `{name}` | {methods} | {whom} | {rule.scope} | {rule.objects} |\n")
    return _HEAD + "".join(rows)
