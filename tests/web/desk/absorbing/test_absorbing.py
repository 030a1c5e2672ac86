"""Joining two cards at the desk: chosen, seen beforehand, confirmed, undone; and who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from tests.cast import Person
from tests.factories import NOW, at, book, make_client, make_package, sell
from tests.people.persons import person

from clientela.booking.models import Appointment
from clientela.business.models import Business, Membership
from clientela.catalogue.models import Service
from clientela.notify.models import AccountMail
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.models import Client, Merge, PartingQuestion
from clientela.people.movers import movers
from clientela.people.queries.merge_by_refusal import refusal_token
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.platform.worker import hear_due_events
from clientela.web.desk.absorbing.words import TABLES


@pytest.fixture
def two(business: Business, credit_service: Service) -> tuple[Client, Client]:
    """The new card with the right e-mail, and the old one with a package and what it booked."""
    into = make_client(business, "Luz Prueba", "luz@example.com", birthday=date(1990, 5, 1))
    card = make_client(business, "Luz P", "old@example.org", birthday=date(1990, 1, 5), note="Knee")
    sell(card, make_package(credit_service, credits=3))
    book(credit_service, at("2026-11-24 10:00"), client=card)
    return card, into


def page_of(into: Client, card: Client | None = None) -> str:
    page = reverse("desk:absorb", args=[into.business.slug, into.pk])
    return f"{page}?with={card.pk}" if card else page


def pressed(browser: Browser, card: Client, into: Client, evidence: str = "") -> object:
    shown = browser.get(page_of(into, card))
    digest = shown.context["plan"].digest
    return browser.post(page_of(into, card), {"plan": digest, "evidence": evidence})


def test_every_table_that_moves_has_a_word() -> None:
    assert {one.table for one in movers() if not one.stays} == set(TABLES)


@pytest.mark.req("S1.36", "S1.39")
def test_a_card_is_found_seen_beforehand_and_absorbed(
    two: tuple[Client, Client], at_desk: Browser
) -> None:
    card, into = two
    found = at_desk.get(page_of(into) + "?q=old@example").content.decode()
    assert "Luz P" in found
    shown = at_desk.get(page_of(into, card)).content.decode()
    for words in ("Sales", "Appointments", "Fri 5 Jan 1990", "Tue 1 May 1990"):
        assert words in shown
    answer = pressed(at_desk, card, into)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("desk:merges", args=[into.business.slug, into.pk])
    assert {one.client_id for one in Appointment.objects.all()} == {into.pk}
    history = at_desk.get(answer["Location"]).content.decode()
    assert "Luz P became part of Luz Prueba" in history
    old = at_desk.get(reverse("desk:client", args=[into.business.slug, card.pk]))
    assert "Luz Prueba" in old.content.decode(), "the old address leads to the card that stays"


def test_what_changed_meanwhile_is_shown_again_and_nothing_is_done(
    two: tuple[Client, Client], at_desk: Browser, credit_service: Service
) -> None:
    card, into = two
    digest = at_desk.get(page_of(into, card)).context["plan"].digest
    book(credit_service, at("2026-11-24 12:00"), client=card)
    answer = at_desk.post(page_of(into, card), {"plan": digest})
    assert answer.status_code == 409
    assert not Merge.objects.exists()


def test_parting_gives_back_and_asks(
    two: tuple[Client, Client], at_desk: Browser, credit_service: Service
) -> None:
    card, into = two
    pressed(at_desk, card, into)
    desk_booked = book(credit_service, at("2026-11-24 16:00"), client=into).appointment
    merge = Merge.objects.get()
    slug = into.business.slug
    gone = at_desk.post(reverse("desk:merge-part", args=[slug, into.pk, merge.pk]))
    assert gone.status_code == 302
    asked = at_desk.get(gone["Location"]).content.decode()
    assert "Whose is it?" in asked
    question = PartingQuestion.objects.get(row_id=desk_booked.pk)
    page = reverse("desk:merge-answer", args=[slug, into.pk, question.pk])
    at_desk.post(page, {"whose": "parted"})
    assert Appointment.objects.get(pk=desk_booked.pk).client_id == card.pk
    assert at_desk.post(page, {"whose": "parted"}).status_code == 404
    again = at_desk.post(reverse("desk:merge-part", args=[slug, into.pk, merge.pk]))
    assert again.status_code == 409


@pytest.mark.req("MRG-04", "MRG-06", "MRG-07")
def test_whose_cards_are_not_joined_here(
    two: tuple[Client, Client],
    at_desk: Browser,
    sit: Callable[..., Browser],
    professional_member: Person,
    outsider: Person,
    next_door: Business,
    owner: Person,
) -> None:
    card, into = two
    with business_scope(next_door.pk):
        theirs = make_client(next_door)
    assert at_desk.get(page_of(into, theirs)).status_code == 404
    assert sit(professional_member).get(page_of(into, card)).status_code in {403, 404}
    assert sit(outsider).get(page_of(into, card)).status_code in {403, 404}
    Client.objects.filter(pk=card.pk).update(account=owner.account)
    barred = at_desk.get(page_of(into, card)).content.decode()
    assert "somebody who works here" in barred
    assert pressed(at_desk, card, into, "it is him").status_code == 409
    roles = list(Membership.objects.order_by("pk").values_list("account", "role", "ended_at"))
    Client.objects.filter(pk=card.pk).update(account=person("old@example.org"))
    Client.objects.filter(pk=into.pk).update(account=person("luz@example.com", "Luz"))
    assert (
        "code from each of the two mailboxes" in at_desk.get(page_of(into, card)).content.decode()
    )
    assert pressed(at_desk, card, into, "it is her").status_code == 409
    assert not Merge.objects.exists()
    assert roles == list(
        Membership.objects.order_by("pk").values_list("account", "role", "ended_at")
    )


@pytest.mark.req("C4")
def test_the_mailbox_of_the_log_in_that_left_is_told_and_parts_them(
    two: tuple[Client, Client], at_desk: Browser
) -> None:
    card, into = two
    claim_cards(account=person("old@example.org", "Luz P"), now=NOW)
    lacks = pressed(at_desk, card, into)
    assert lacks.status_code == 422
    assert pressed(at_desk, card, into, "She came with her old card").status_code == 302
    hear_due_events(NOW)
    told = AccountMail.objects.get(kind="card_absorbed")
    assert told.address == "old@example.org"
    merge = Merge.objects.get()
    door = reverse("client:not-me", args=[refusal_token(merge)])
    stranger = Browser(headers={"accept-language": "en"})
    assert stranger.get(door).status_code == 200
    assert Merge.objects.get().undone_at is None, "a look changes nothing: mail programs look"
    assert stranger.post(door, {"say": "me"}).status_code == 409
    assert "two again" in stranger.post(door, {"say": "not-me"}).content.decode()
    assert Merge.objects.get().undone_at is not None
    assert Client.objects.get(pk=card.pk).account is not None
    assert stranger.get(door).status_code == 404
    hear_due_events(NOW)
    assert set(
        AccountMail.objects.filter(kind="cards_parted").values_list("address", flat=True)
    ) == {
        "old@example.org",
        "luz@example.com",
    }


@pytest.mark.req("S1.37", "S1.38")
def test_a_new_card_is_told_that_its_address_is_in_use_and_the_old_one_gives_it_up(
    business: Business, at_desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make_client(business, "Luz P", "luz@example.com")
    slug = business.slug
    kept = at_desk.post(
        reverse("desk:new-client", args=[slug]), {"name": "Luz Prueba", "email": "luz@example.com"}
    )
    assert kept.status_code == 302
    new = Client.objects.exclude(pk=old.pk).get()
    page = at_desk.get(kept["Location"]).content.decode()
    assert "already in use on another card" in page
    assert page_of(new, old).replace("&", "&amp;") in page
    contact = old.identifiers.get()
    at_desk.post(reverse("desk:remove-contact", args=[slug, old.pk, contact.pk]))
    assert "already in use" not in at_desk.get(kept["Location"]).content.decode()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=1))
    same = {"name": "Luz Prueba", "email": "luz@example.com"}
    again = at_desk.post(reverse("desk:new-client", args=[slug]), same, follow=True)
    assert "already in use: this is the card" in again.content.decode()
