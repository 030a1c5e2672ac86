"""What the database itself refuses in people: evidence is not edited."""

from __future__ import annotations

from clientela.platform.guard_forms import frozen
from clientela.platform.guards import register

register(frozen("people_consent", "notify_by", "how", "text_version", "account_id", "at"))
register(
    frozen("people_mergerow", "of_table", "row_id", "of_column", "value_before", "value_after")
)
