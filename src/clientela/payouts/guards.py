"""What the database itself refuses in payouts: a closed statement, its lines and corrections never change."""

from __future__ import annotations

from clientela.platform.guard_forms import append_only
from clientela.platform.guards import register

for table in (
    "payouts_commissionrule",
    "payouts_statement",
    "payouts_statementline",
    "payouts_adjustment",
):
    register(append_only(table))
