"""How the API says no: one shape, a stable reason word, the right status."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse, JsonResponse

from clientela.api.field_words import field_words
from clientela.api.messages import message_of
from clientela.rules.clock_time import to_local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ninja.errors import ValidationError

    from clientela.booking.queries.open_slots import Slot
    from clientela.platform.refusal import Refusal

STATUS_OF_REASON: Final = {
    "slot-taken": HTTPStatus.CONFLICT,
    "session-full": HTTPStatus.CONFLICT,
    "stale-state": HTTPStatus.CONFLICT,
    "preview-changed": HTTPStatus.CONFLICT,
    "credit-gone": HTTPStatus.CONFLICT,
    "sale-ended": HTTPStatus.CONFLICT,
    "too-many-requests": HTTPStatus.TOO_MANY_REQUESTS,
    "not-found": HTTPStatus.NOT_FOUND,
    "token-needed": HTTPStatus.UNAUTHORIZED,
    "scope-too-small": HTTPStatus.FORBIDDEN,
    "login-required": HTTPStatus.FORBIDDEN,
    "payment-needed": HTTPStatus.FORBIDDEN,
}


def answer(
    reason: str,
    *,
    status: int,
    fields: dict[str, str] | None = None,
    alternatives: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    """The one shape of a refusal."""
    response = JsonResponse(
        {
            "reason": reason,
            "message": message_of(reason),
            "fields": fields or {},
            "alternatives": alternatives or [],
        },
        status=status,
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Clientela"'
    return response


def of_refusal(refusal: Refusal, *, zone: str) -> HttpResponse:
    """Answer a refusal of an action: 409 where somebody else was first, 422 otherwise.

    A refusal that says when to come back (``retry_after``, seconds) says so in the header, too.
    """
    response = answer(
        refusal.reason,
        status=STATUS_OF_REASON.get(refusal.reason, HTTPStatus.UNPROCESSABLE_ENTITY),
        fields={refusal.field: refusal.reason} if refusal.field else {},
        alternatives=slot_rows(getattr(refusal, "alternatives", ()), zone=zone),
    )
    if "retry_after" in refusal.facts:
        response["Retry-After"] = str(refusal.facts["retry_after"])
    return response


def slot_rows(slots: Iterable[Slot], *, zone: str) -> list[dict[str, Any]]:
    """Slots as the API writes them."""
    return [
        {
            "start": to_local(slot.starts_at, zone).isoformat(),
            "professionals": [str(one) for one in slot.professional_ids],
        }
        for slot in slots
    ]


def of_validation(errors: ValidationError) -> HttpResponse:
    """Every field that is wrong, with a stable word each."""
    return answer(
        "invalid", status=HTTPStatus.UNPROCESSABLE_ENTITY, fields=field_words(errors.errors)
    )


def as_json(value: object) -> HttpResponse:
    """A body that needs no schema work: it is already made of plain values."""
    return HttpResponse(json.dumps(value, separators=(",", ":")), content_type="application/json")
