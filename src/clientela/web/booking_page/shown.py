"""What the booking page's templates are given."""

from __future__ import annotations

import secrets
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from clientela.business.models import Business
from clientela.web import refusals
from clientela.web.account_door import account_door
from clientela.web.booking_page.choices import faces, location_tiles, relatives, service_tiles
from clientela.web.booking_page.counter import Counter
from clientela.web.booking_page.details_form import DetailsForm
from clientela.web.booking_page.expected import expected
from clientela.web.booking_page.paying import paying
from clientela.web.booking_page.summary import Summary, promises, summary_of
from clientela.web.brand import brand_of
from clientela.web.design import times
from clientela.web.picker.asked import Asked
from clientela.web.picker.links import Linker
from clientela.web.picker.shown import picker_context
from clientela.web.picker.when import When, draw
from clientela.web.visitor import Reading


def shown(counter: Counter, *, form: DetailsForm, open_month: bool = False) -> dict[str, Any]:
    """Everything the page draws. Only for an open counter."""
    offer, wanted, found = counter.offer, counter.wanted, counter.found
    assert wanted is not None  # noqa: S101 -- an open counter has asked the calendar
    assert found is not None  # noqa: S101 -- likewise
    page_url = reverse("booking_page:business", args=[counter.business.slug])
    link = linker(page_url)
    when = draw(wanted=wanted, found=found, asked=counter.asked, refused=counter.refused, link=link)
    summary = summary_of(counter)
    asks_approval = wanted.service.needs_approval
    money = paying(counter, asked=str(form.data.get("pay") or form.initial.get("pay", "")))
    services, more_services = service_tiles(offer, asked=counter.asked, link=link)
    return {
        **frame(counter.business, counter),
        **picker_context(
            when=when, reading=counter.reading, asked=counter.asked, page_url=page_url
        ),
        "heading": _("Request an appointment") if asks_approval else _("Book your appointment"),
        "verb": _verb(
            counter, asks_approval=asks_approval, must_pay=bool(money and money.must_pay)
        ),
        "paying": money,
        "offer": offer,
        "person": counter.person,
        "must_sign_in": counter.must_sign_in,
        "service": wanted.service,
        "services": services,
        "more_services": more_services,
        "locations": location_tiles(offer, asked=counter.asked, link=link),
        "people": faces(offer, asked=counter.asked, link=link),
        "relative": counter.relative,
        "family": relatives(counter.person, asked=counter.asked, link=link),
        "unknown": [
            refusals.sentence(word)
            for word in (*offer.unknown, *(["not-lent"] if counter.not_lent else []))
        ],
        "summary": summary,
        "promises": promises(counter),
        "expected": expected(counter),
        "form": form,
        "given": _given(counter),
        "key": secrets.token_urlsafe(18),
        "as_radios": counter.lost,
        "month_open": open_month,
        "said": _said(when, summary, counter.reading),
        "first_zone": counter.reading.may_choose
        and not (counter.device or counter.asked.zone or (counter.person and counter.person.zone)),
        "asked_more": bool(counter.asked.pairs()),
        "waiting_url": _waiting_url(counter),
        "email_check_url": reverse("booking_page:email-check", args=[counter.business.slug]),
    }


def frame(business: Business, counter: Counter) -> dict[str, Any]:
    """What the page's frame needs, also where nothing can be booked."""
    location = counter.offer.location
    return {
        "business": business,
        "brand": brand_of(business, location=location),
        "location": location,
        **account_door(login=counter.login, back=here(counter)),
        "phone": (location.phone if location else "") or business.phone,
        "description": business.tagline
        or _("See the free times of %(business)s and book yours online.")
        % {"business": business.name},
    }


def closed_page(counter: Counter) -> dict[str, Any]:
    """What is said where nothing can be booked online."""
    title, detail = _closed_words(counter)
    return {**frame(counter.business, counter), "title": title, "detail": detail}


def _closed_words(counter: Counter) -> tuple[str, str]:
    business, offer = counter.business, counter.offer
    if business.closed_at is not None:
        return _("This business has closed"), _("If you have an appointment, please ask about it.")
    contact = _("You can still contact us for an appointment.")
    if not (business.is_open and offer.policy.online_booking):
        return _("Online booking is closed"), contact
    if offer.bound_to is not None:
        contact = _("Here you book with %(name)s, who takes no bookings online at the moment.") % {
            "name": offer.bound_to.name
        }
    return _("Nothing can be booked online yet"), contact


def here(counter: Counter) -> str:
    """The address of this page with the choices made so far, for coming back to."""
    page_url = reverse("booking_page:business", args=[counter.business.slug])
    asked = counter.asked
    query = asked.query()
    return f"{page_url}?{query}{'#details' if asked.start else ''}" if query else page_url


def linker(page_url: str) -> Linker:
    """Links of a page: a chosen start leads on to the details, any other choice to the times."""

    def link(asked: Asked, /, *, open_month: bool = False) -> str:
        query = asked.query() + ("&open=month" if open_month else "")
        return f"{page_url}?{query}#{'details' if asked.start else 'when'}"

    return link


def _verb(counter: Counter, *, asks_approval: bool, must_pay: bool) -> str:
    """What the one solid button does."""
    if counter.must_sign_in:
        return _("Sign in to book")
    if must_pay:
        return _("Book and pay")
    return _("Send the request") if asks_approval else _("Book")


def _given(counter: Counter) -> list[tuple[str, str]]:
    """The choices as the form sends them: explicit, so that no change of the offer meanwhile alters them."""
    offer = counter.offer
    explicit = Asked(
        service=offer.service.pk if offer.service else None,
        location=offer.location.pk if offer.location else None,
        professional=offer.professional.pk if offer.professional else None,
        day=counter.found.on if counter.lost and counter.found else None,
        start=counter.start,
        zone=counter.reading.zone if counter.reading.may_choose else "",
        whom=counter.asked.whom,
    )
    return explicit.pairs()


def _waiting_url(counter: Counter) -> str:
    """Where the visitor asks to be told when a time of what they chose frees up, from the day they look at on.

    Nowhere for a relative: who waits for a time is told of it themselves.
    """
    offer = counter.offer
    if counter.relative is not None:
        return ""
    chosen = Asked(
        service=offer.service.pk if offer.service else None,
        location=offer.location.pk if offer.location else None,
        professional=offer.professional.pk if offer.professional else None,
        day=counter.found.on if counter.found else None,
        zone=counter.asked.zone,
    )
    url = reverse("booking_page:waiting", args=[counter.business.slug])
    return f"{url}?{chosen.query()}"


def _said(when: When, summary: Summary | None, reading: Reading) -> str:
    """What a screen reader is told after a choice."""
    if when.refused:
        return " ".join(when.refused)
    if summary is not None:
        return _("Chosen: %(day)s, %(time)s, %(zone)s.") % {
            "day": times.day(summary.starts_at, reading.zone),
            "time": times.clock(summary.starts_at, reading.zone),
            "zone": times.zone_name(reading.zone, summary.starts_at),
        }
    free = sum(len(group.slots) for group in when.groups)
    return ngettext("%(day)s: %(count)s free time.", "%(day)s: %(count)s free times.", free) % {
        "day": times.day(when.on),
        "count": free,
    }
