"""How the API says no: one shape, a stable reason word, the right status."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from clientela.api.messages import message_of
from clientela.rules.clock_time import to_local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ninja.errors import ValidationError

    from clientela.booking.queries.open_slots import Slot
    from clientela.platform.refusal import Refusal

STATUS_OF_REASON = {
    "slot-taken": HTTPStatus.CONFLICT,
    "session-full": HTTPStatus.CONFLICT,
    "stale-state": HTTPStatus.CONFLICT,
    "too-many-requests": HTTPStatus.TOO_MANY_REQUESTS,
    "not-found": HTTPStatus.NOT_FOUND,
    "token-needed": HTTPStatus.UNAUTHORIZED,
    "scope-too-small": HTTPStatus.FORBIDDEN,
}


def answer(
    reason: str,
    message: str,
    *,
    status: int,
    fields: dict[str, str] | None = None,
    alternatives: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    """The one shape of a refusal."""
    return JsonResponse(
        {
            "reason": reason,
            "message": message,
            "fields": fields or {},
            "alternatives": alternatives or [],
        },
        status=status,
    )


def not_found(request: HttpRequest) -> HttpResponse:
    """Nothing here, or nothing that the caller may know of."""
    return answer(
        "not-found", message_of("not-found"), status=HTTPStatus.NOT_FOUND
    )


def of_refusal(refusal: Refusal, *, zone: str) -> HttpResponse:
    """Answer a refusal of an action: 409 where somebody else was first, 422 otherwise."""
    status = STATUS_OF_REASON.get(refusal.reason, HTTPStatus.UNPROCESSABLE_ENTITY)
    fields = {refusal.field: refusal.reason} if refusal.field else {}
    slots = getattr(refusal, "alternatives", None) or []
    return answer(
        refusal.reason,
        message_of(refusal.reason),
        status=status,
        fields=fields,
        alternatives=slot_rows(slots, zone=zone),
    )


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
    """Every field that is wrong, by its path in the body, with a stable word each."""
    fields: dict[str, str] = {}
    for error in errors.errors:
        place = [str(part) for part in error.get("loc", ()) if part not in {"body", "query", "path"}]
        if place[:1] in (["appointment"], ["change"]):  # the name of our own parameter
            place = place[1:]
        fields[".".join(place) or "body"] = str(error.get("type", "invalid")).replace("_", "-")
    return answer(
        "invalid",
        message_of("invalid"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        fields=fields,
    )


def as_json(value: object) -> HttpResponse:
    """A body that needs no schema work: it is already made of plain values."""
    return HttpResponse(json.dumps(value, separators=(",", ":")), content_type="application/json")
