"""Taking the chosen time: the form becomes an appointment, or the page says why not and keeps what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.http import HttpRequest
from django.utils.translation import get_language

from clientela.accounts.models import Account
from clientela.booking.actions.book import Booked, book_appointment
from clientela.booking.errors import StartRefused
from clientela.booking.models import Channel
from clientela.checkout.actions.book_with_payment import Paying, book_with_payment
from clientela.checkout.consent import Consent
from clientela.checkout.queries.booking_terms import BookingTerms
from clientela.people.actions.change_own_profile import change_own_profile
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.rules.clock_time import is_known_zone
from clientela.rules.ways_to_pay import Way
from clientela.web import refusals
from clientela.web.booking_page.counter import Counter
from clientela.web.booking_page.details_form import DetailsForm
from clientela.web.booking_page.limits import limit_booking
from clientela.web.booking_page.paying import Chosen, chosen
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is booked, once the form is clean."""

    request: HttpRequest
    counter: Counter
    form: DetailsForm
    start: datetime
    account: Account | None

    @property
    def by(self) -> Actor:
        """Who books."""
        return Actor.client(self.account.pk) if self.account else Actor.guest()


def take(
    request: HttpRequest, *, counter: Counter, form: DetailsForm
) -> Booked | Paying | NotTaken:
    """Book what the form says, or hold it while it is paid. Sent twice with the same key it is the same booking.

    The time of the form counts, not what is free now: it may be taken by this very form's first sending.
    """
    if counter.not_lent:
        form.add_error(None, refusals.sentence("not-lent"))
    way = _way(counter, form) if form.is_valid() else None
    start, terms = counter.asked.start, counter.terms
    if way is None or start is None or terms is None:
        return NotTaken(counter=counter, status=WRONG)
    try:
        limit_booking(request, business=counter.business, now=counter.now)
        account = _keep_answers(counter, form)
        wish = Wish(request=request, counter=counter, form=form, start=start, account=account)
        if not way.is_online and not terms.fee_minor:
            return _booked(wish)
        return _paying(wish, way, terms)
    except StartRefused as refusal:
        return NotTaken(counter=_lost(counter, refusal, start), status=TAKEN)
    except Refusal as refusal:
        form.add_error(
            refusal.field if refusal.field in form.fields else None,
            refusals.of(refusal, zone=counter.reading.zone),
        )
        too_many = refusal.reason == "too-many-requests"
        return NotTaken(counter=counter, status=TOO_MANY if too_many else WRONG)


def _way(counter: Counter, form: DetailsForm) -> Chosen | None:
    """How it is to be paid; nothing, with the reason in the form, where time, way or consent is missing."""
    terms = counter.terms
    if terms is None:
        form.add_error(None, refusals.sentence("start-missing"))
        return None
    way = chosen(terms, form.cleaned_data["pay"])
    if way is None:
        form.add_error(None, refusals.sentence("way-to-pay-gone"))
    elif terms.fee_minor and counter.relative is not None:
        form.add_error(None, refusals.sentence("card-not-lent"))
        return None
    elif terms.fee_minor and not form.cleaned_data["keep_card"]:
        form.add_error("keep_card", refusals.sentence("consent-missing"))
        return None
    return way


def _paying(wish: Wish, way: Chosen, terms: BookingTerms) -> Paying:
    """Hold the time while its client pays, or leaves a card."""
    return book_with_payment(
        business=wish.counter.business,
        book=partial(_booked, wish),
        is_deposit=way.way is Way.DEPOSIT,
        package=way.package,
        only_card=not way.is_online,
        consent=Consent(terms.fee_minor) if terms.fee_minor else None,
        door=DOOR,
        by=wish.by,
        now=wish.counter.now,
    )


def _booked(wish: Wish, held_until: datetime | None = None) -> Booked:
    counter, form, account = wish.counter, wish.form, wish.account
    offer, said = counter.offer, wish.request.POST.get("device_zone", "")
    assert offer.service is not None  # noqa: S101 -- a form is only read at an open counter
    language = (get_language() or "en").split("-")[0]
    return book_appointment(
        business=counter.business,
        service=offer.service,
        location=offer.location,
        professional=offer.professional,
        starts_at=wish.start,
        client=None if account else form.guest(language=language),
        account=account,
        relative=counter.relative,
        by=wish.by,
        channel=Channel.WEB,
        door=DOOR,
        zone=counter.reading.zone if counter.reading.may_choose else "",
        device_zone=said if is_known_zone(said) else counter.device,
        language=language,
        client_note=form.cleaned_data["note"],
        idempotency_key=wish.request.POST.get("key", "")[:LONGEST_KEY] or None,
        held_until=held_until,
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
