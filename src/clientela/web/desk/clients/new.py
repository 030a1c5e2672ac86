"""A new card, on its own or on the way to a booking."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.business.queries.home_country import home_country
from clientela.people.actions.compare_cards import compare_cards
from clientela.people.actions.find_or_register_guest import find_or_register_guest
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, Consent, How, NotifyBy, Purpose
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.clients.card_form import NewCardForm, typed
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.picker.asked import Asked

WRONG = 422


def new_client(request: DoorRequest, business: str) -> HttpResponse:
    """GET asks for the name and a contact; POST keeps the card, or finds the one there is already."""
    desk = desk_of(request)
    country = home_country(business=desk.business)
    if request.method != "POST":
        form = NewCardForm(country=country, initial=typed(request.GET.get("q", "")[:100]))
        return _page(request, desk, form)
    form = NewCardForm(request.POST, country=country)
    if not form.is_valid():
        return _page(request, desk, form, status=WRONG)
    card = _keep(desk, **form.cleaned_data)
    if desk.sees_all:  # so that the record can say at once who it may be
        compare_cards(business_id=desk.business.pk, ids=[card.pk], now=desk.now)
    if request.POST.get("then") == "book":
        pairs = [("client", str(card.pk)), *kept_pairs(request.POST)]
        return redirect(f"{reverse('desk:book', args=[business])}?{urlencode(pairs)}")
    told(request, _kept_words(card) if card.created_at == desk.now else _known_words())
    return redirect(
        "desk:client-profile" if desk.sees_all else "desk:clients", *_address(desk, card.pk)
    )


@transaction.atomic
def _keep(desk: Desk, *, agreed: bool, **said: str) -> Client:
    """Keep the card, and that the client agreed; of somebody who has spoken already, their own word stands."""
    card = find_or_register_guest(business=desk.business, **said, by=desk.actor, now=desk.now)
    spoken = Consent.objects.filter(client=card, purpose=Purpose.APPOINTMENTS)
    if agreed and not spoken.exists():
        by_what = NotifyBy.EMAIL if card.notify_by == NotifyBy.NONE else card.notify_by
        set_preferences(client=card, notify_by=by_what, how=How.STAFF, by=desk.actor, now=desk.now)
    return card


def _known_words() -> str:
    """That nothing new was made."""
    return _("The email is already in use: this is the card of that name.")


def _kept_words(card: Client) -> str:
    """That the card is kept; of somebody who has no account, what to do next."""
    kept = _("The card is kept.")
    if card.account_id is not None or not card.identifiers.filter(kind="email").exists():
        return kept
    return (
        kept
        + " "
        + _("Send the welcome email, so that they can look after their appointments themselves.")
    )


def _address(desk: Desk, pk: object) -> list[object]:
    """A professional reaches a card once somebody is booked with them."""
    return [desk.business.slug, pk] if desk.sees_all else [desk.business.slug]


def kept_pairs(given: object) -> list[tuple[str, str]]:
    """The choices of a booking under way, which its forms carry along."""
    pairs = Asked.read(given).pairs()  # type: ignore[arg-type]  # a QueryDict is a mapping of text
    at = given.get("at", "")[:5]  # type: ignore[attr-defined]  # likewise
    return [*pairs, ("at", at)] if at else pairs


def _page(
    request: DoorRequest, desk: Desk, form: NewCardForm, *, status: int = 200
) -> HttpResponse:
    source = request.POST if request.method == "POST" else request.GET
    return desk_page(
        request,
        "desk/new_client.html",
        desk,
        place="clients",
        status=status,
        form=form,
        then=source.get("then", "")[:10],
        pairs=kept_pairs(source),
    )
