"""What just happened, with the one press that takes it back: a toast after a move, or after a word about two cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.policy.door_request import DoorRequest
from clientela.web.picker.asked import instant_text

UNDO = "undo?"


@dataclass(frozen=True, slots=True)
class Toast:
    """A sentence, and where a form with these fields takes the act back (nowhere, if the address is blank)."""

    text: str
    url: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def told(request: DoorRequest, text: str) -> None:
    """Say on the next page what was done."""
    messages.success(request, text)


def told_of_move(
    request: DoorRequest, text: str, *, appointment: Appointment, before: datetime, with_id: str
) -> None:
    """Say that an appointment was moved, and keep where it was, so that it can be moved back."""
    kept = {
        "appointment": str(appointment.pk),
        "start": instant_text(before),
        "professional": with_id,
        "undo": "1",
    }
    messages.success(request, text, extra_tags=UNDO + urlencode(kept))


def told_undoable(request: DoorRequest, text: str, *, url: str, **fields: str) -> None:
    """Say what was done, and where a form with these fields takes it back."""
    messages.success(request, text, extra_tags=UNDO + urlencode({"url": url, **fields}))


def toasts(request: DoorRequest) -> Iterator[Toast]:
    """Return what is to be said, once."""
    for message in messages.get_messages(request):
        tags = str(message.extra_tags or "")
        if not tags.startswith(UNDO):
            yield Toast(str(message))
            continue
        kept = dict(parse_qsl(tags.removeprefix(UNDO)))
        url = kept.pop("url", "") or reverse(
            "desk:move", args=[request.business.slug, kept.pop("appointment")]
        )
        yield Toast(str(message), url, tuple(kept.items()))
