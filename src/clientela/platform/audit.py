"""The audit trail: who did what to whom, when and why. Lines are added, never changed; a reason may be forgotten."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from clientela.platform import guards
from clientela.platform.models import AuditEvent
from clientela.platform.redaction import redact, redact_value
from clientela.platform.tenancy import require_scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from clientela.platform.actor import Actor

__all__ = ["AuditEvent", "Subject", "forget_reasons", "history", "note"]

_AT_ONCE: Final = 400

Subject = Model | tuple[str, UUID | str]


def note(
    *,
    action: str,
    subject: Subject,
    by: Actor,
    now: datetime,
    business_id: UUID | None = None,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Add a line. Call it in the transaction of the act, so that neither stands without the other.

    `subject` is a row, or `("app.Model", id)`; `business_id` is read from the row when it has one. Whatever looks
    personal or secret in `reason` and `details` is blackened first, and line breaks become spaces.
    """
    kind, subject_id = _subject(subject)
    clean = redact_value(details or {})
    return AuditEvent.objects.create(
        business_id=business_id or getattr(subject, "business_id", None),
        actor_kind=by.kind.value,
        actor_id=by.account_id,
        actor_role=by.role or "",
        actor_label=redact(_one_line(by.label))[:100],
        action=action,
        subject_type=kind,
        subject_id=subject_id,
        reason=redact(_one_line(reason))[:300],
        details=_plain(clean),
        at=now,
    )


def history(*, subject: Subject) -> QuerySet[AuditEvent]:
    """Return the lines about one thing, oldest first: in a business's scope only that business's own."""
    scope = require_scope()
    kind, subject_id = _subject(subject)
    lines = AuditEvent.objects.filter(subject_type=kind, subject_id=subject_id).order_by("at", "id")
    if scope.kind == "system":
        return lines
    if scope.kind == "business":
        return lines.filter(business_id=scope.id)
    return lines.filter(actor_id=scope.id)


def forget_reasons(*, subject_type: str, subject_ids: Iterable[UUID | str]) -> int:
    """Empty the reasons, in people's own words, of the lines about these; say how many there were.

    For an erased person: who did what and when stays, and what was typed about them goes.
    """
    ids = [str(one) for one in subject_ids]
    forgotten = 0
    for begin in range(0, len(ids), _AT_ONCE):
        lines = AuditEvent.objects.filter(
            subject_type=subject_type, subject_id__in=ids[begin : begin + _AT_ONCE]
        ).exclude(reason="")
        forgotten += lines.update(reason="")
    return forgotten


def _subject(subject: Subject) -> tuple[str, str]:
    if isinstance(subject, Model):
        return subject._meta.label, str(subject.pk)
    return subject[0], str(subject[1])


def _one_line(text: str) -> str:
    """Return what was typed as one printable line: a control character would forge a line, a NUL stop the write."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _plain(details: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """Return the details as plain JSON: ids and times become text, and no NUL is left that a database refuses."""
    return _without_nul(json.loads(json.dumps(details, cls=DjangoJSONEncoder)))


def _without_nul(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_without_nul(part) for part in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(part) for key, part in value.items()}
    return value


KEPT: Final = (
    "id",
    "business_id",
    "actor_kind",
    "actor_id",
    "actor_role",
    "actor_label",
    "action",
    "subject_type",
    "subject_id",
    "details",
    "at",
)
"""Every column of a line that nothing changes; the reason, in somebody's words, may be forgotten."""

guards.register(guards.append_only_but_for("platform_auditevent", blankable="reason", kept=KEPT))
