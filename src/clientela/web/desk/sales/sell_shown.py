"""What the page of a sale draws: tiles, days with their effect, ways of paying, and what happens on saving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.checkout.queries.preview_sale import Preview, preview_sale
from clientela.ledger.models import Method
from clientela.rules.sale_state import SaleState
from clientela.web.design.figures import money
from clientela.web.design.shapes import Bead
from clientela.web.desk.sales.counter import Counter
from clientela.web.desk.sales.dates import DayChoice
from clientela.web.desk.sales.effect import Effect, effect_of, happens
from clientela.web.desk.sales.methods import method_icon, method_words
from clientela.web.desk.sales.offers import Tile, foremost
from clientela.web.desk.sales.sell_form import LATER, LINK, SaleForm
from clientela.web.desk.staff import Desk
from clientela.web.states import SALES, Audience


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One way of paying."""

    value: str
    title: str
    detail: str
    icon: str
    checked: bool
    takes: bool
    """Whether money changes hands now."""


def shown(
    *,
    counter: Counter,
    form: SaleForm,
    tile: Tile | None,
    days: Sequence[DayChoice],
    first: Appointment | None,
) -> dict[str, Any]:
    """Return the values of the template. One preview for each day that is known."""
    previews: dict[date, Preview] = {}
    if tile is not None:
        own = _price_of(form)
        offer = tile.offer if own is None else tile.offer.at_price(own)
        for day in days:
            if day.on is not None and day.on not in previews:
                previews[day.on] = preview_sale(
                    client=counter.card,
                    offer=offer,
                    applies_on=day.on,
                    first=first,
                )
    chosen = next((day for day in days if day.checked), None)
    preview = previews.get(chosen.on) if chosen and chosen.on else None
    seen = foremost(
        counter.tiles,
        wanted={one.service_id for one in counter.pending},
        chosen=tile.key if tile else "",
    )
    return {
        "tiles": seen,
        "more_tiles": [one for one in counter.tiles if one not in seen],
        "tile": tile,
        "days": [(day, _effect(previews, day, tile, counter.desk)) for day in days],
        "ways": ways(counter.ways, str(form["pay"].value() or LATER)),
        "preview": preview,
        "expects": preview.digest if preview else "",
        "beads": list(_beads(counter, form, tile, preview)) if preview and tile else [],
        "sum": _sum(counter, form, tile),
        "first": first,
        "has_more": bool(form["price"].value()) or bool(form.errors.get("price")),
    }


def ways(offered: Sequence[str], chosen: str) -> list[Way]:
    """Return the ways of paying as tiles."""
    return [_way(value, checked=value == chosen) for value in offered]


def _way(value: str, *, checked: bool) -> Way:
    if value == LATER:
        title, icon = _("Later"), "hourglass"
        detail = _("The sale waits as “%(state)s”; the credits count at once.") % {
            "state": SALES[SaleState.PENDING_PAYMENT][Audience.STAFF].text
        }
    elif value == LINK:
        title, icon = _("By a link"), "link"
        detail = _("The client gets an email and pays online.")
    else:
        title, icon, detail = method_words(value), method_icon(value), ""
    return Way(
        value=value,
        title=title,
        detail=detail,
        icon=icon,
        checked=checked,
        takes=value in list(Method),
    )


def _effect(
    previews: dict[date, Preview], day: DayChoice, tile: Tile | None, desk: Desk
) -> Effect | None:
    preview = previews.get(day.on) if day.on else None
    return effect_of(preview, covers=tile.covers, desk=desk) if preview and tile else None


def _price_of(form: SaleForm) -> int | None:
    """The price that was written over the usual one, if it is an amount."""
    return _amount(form, "price")


def _amount(form: SaleForm, name: str) -> int | None:
    try:
        read = form.fields[name].clean(form[name].value())
    except Exception:  # noqa: BLE001 -- what is no amount is said beside the field
        return None
    return read if isinstance(read, int) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """What it costs, what is paid now, and what is left to pay: minor units."""

    price_minor: int
    usual_minor: int
    paid_minor: int

    @property
    def due_minor(self) -> int:
        """What is still to come."""
        return max(0, self.price_minor - self.paid_minor)


def _sum(counter: Counter, form: SaleForm, tile: Tile | None) -> Sum | None:
    if tile is None:
        return None
    own = _price_of(form)
    price = tile.price_minor if own is None else own
    paid = 0
    if str(form["pay"].value() or "") in list(Method):
        amount = _amount(form, "amount")
        paid = price if amount is None else min(price, amount)
    return Sum(price_minor=price, usual_minor=tile.price_minor, paid_minor=paid)


def _beads(counter: Counter, form: SaleForm, tile: Tile, preview: Preview) -> Iterator[Bead]:
    yield from happens(preview, desk=counter.desk, credits_sold=tile.credits)
    owed, currency = _sum(counter, form, tile), counter.desk.business.currency
    if owed is None:
        return
    state = SaleState.PAID
    if owed.due_minor:
        state = SaleState.PARTLY_PAID if owed.paid_minor else SaleState.PENDING_PAYMENT
    words = SALES[state][Audience.STAFF]
    title = _("The sale is “%(state)s”") % {"state": words.text}
    due = _("%(amount)s still to come") % {"amount": money(owed.due_minor, currency)}
    yield Bead(
        icon=words.icon,
        state="good" if state is SaleState.PAID else "wait",
        title=title,
        when="" if state is SaleState.PAID else due,
    )
    yield from _mail(counter, str(form["pay"].value() or LATER), paid=bool(owed.paid_minor))


def _mail(counter: Counter, pay: str, *, paid: bool) -> Iterator[Bead]:
    """What is written to the client at once."""
    if pay == LINK:
        yield Bead(
            icon="mail",
            title=_("An email with the link to pay"),
            when=_("at once, to %(address)s") % {"address": counter.email},
        )
    elif paid and counter.email:
        yield Bead(
            icon="mail",
            title=_("An email with the receipt"),
            when=_("at once, to %(address)s") % {"address": counter.email},
        )
    elif paid:
        yield Bead(
            icon="ban",
            state="none",
            title=_("No receipt is sent"),
            when=_("There is no email on the card."),
        )
