"""Taking the chosen time: the form becomes an appointment, or the page says why not and keeps what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language

from clientela.accounts.models import Account
from clientela.booking.actions.book import Booked, book_appointment
from clientela.booking.errors import StartRefused
from clientela.booking.models import Channel
from clientela.people.actions.change_own_profile import change_own_profile
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.rules.clock_time import is_known_zone
from clientela.web import refusals
from clientela.web.booking_page.counter import Counter
from clientela.web.booking_page.details_form import DetailsForm
from clientela.web.booking_page.limits import limit_booking
from clientela.web.picker.refused import lost

DOOR = "booking-page"
WRONG, TAKEN, TOO_MANY = 422, 409, 429
LONGEST_KEY = 64
PROFILE = ("name", "phone")


@dataclass(frozen=True, kw_only=True, slots=True)
class NotTaken:
    """The counter as it stands now, and the status of the answer."""

    counter: Counter
    status: int


def take(request: HttpRequest, *, counter: Counter, form: DetailsForm) -> Booked | NotTaken:
    """Book what the form says. Sent twice with the same key it is the same booking.

    The time of the form counts, not what is free now: it may be taken by this very form's first sending.
    """
    start = counter.asked.start
    if not form.is_valid():
        return NotTaken(counter=counter, status=WRONG)
    if start is None:
        form.add_error(None, refusals.sentence("start-missing"))
        return NotTaken(counter=counter, status=WRONG)
    try:
        limit_booking(request, business=counter.business, now=counter.now)
        account = _keep_answers(counter, form)
        return _booked(request, counter=counter, form=form, start=start, account=account)
    except StartRefused as refusal:
        return NotTaken(counter=_lost(counter, refusal, start), status=TAKEN)
    except Refusal as refusal:
        form.add_error(
            refusal.field if refusal.field in form.fields else None,
            refusals.of(refusal, zone=counter.reading.zone),
        )
        too_many = refusal.reason == "too-many-requests"
        return NotTaken(counter=counter, status=TOO_MANY if too_many else WRONG)


def _booked(
    request: HttpRequest,
    *,
    counter: Counter,
    form: DetailsForm,
    start: datetime,
    account: Account | None,
) -> Booked:
    offer, said = counter.offer, request.POST.get("device_zone", "")
    assert offer.service is not None  # noqa: S101 -- a form is only read at an open counter
    language = (get_language() or "en").split("-")[0]
    return book_appointment(
        business=counter.business,
        service=offer.service,
        location=offer.location,
        professional=offer.professional,
        starts_at=start,
        client=None if account else form.guest(language=language),
        account=account,
        by=Actor.client(account.pk) if account else Actor.guest(),
        channel=Channel.WEB,
        door=DOOR,
        zone=counter.reading.zone if counter.reading.may_choose else "",
        device_zone=said if is_known_zone(said) else counter.device,
        language=language,
        client_note=form.cleaned_data["note"],
        idempotency_key=request.POST.get("key", "")[:LONGEST_KEY] or None,
        now=counter.now,
    )


def _keep_answers(counter: Counter, form: DetailsForm) -> Account | None:
    """Return who is signed in. What they were asked is theirs and stays, even if the time was lost: it is asked once."""
    if counter.person is None:
        return None
    account = counter.person.account
    answers = {name: form.cleaned_data[name] for name in PROFILE if name in form.fields}
    if not answers:
        return account
    by = Actor.client(account.pk)
    return change_own_profile(account=account, by=by, now=counter.now, **answers)


def _lost(counter: Counter, refusal: StartRefused, start: datetime) -> Counter:
    """The counter without the time, with what happened and the nearest times in words."""
    told = lost(refusal, start=start, anyone=counter.offer.anyone, zone=counter.reading.zone)
    return counter.without_start(sentences=told, nearest=refusal.alternatives)
