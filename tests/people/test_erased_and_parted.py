"""A person who was forgotten does not come back by a parting, whoever presses it; and the books stay as they were."""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is printed
from datetime import date
from itertools import product

import pytest
from django.db import connection
from tests.factories import NOW, STAFF, SYSTEM, at, book, make_client, make_package, sell
from tests.people.actions.test_leaving import CANARY, MAIL, buy, hear, scan, sums
from tests.people.actions.test_unmerge_clients import LATER, merged, parted
from tests.people.persons import person

from clientela.accounts.models import Account
from clientela.auditor.breach import Question
from clientela.auditor.merged import forest
from clientela.auditor.source import Engine, Source
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.ledger.models import Grant, Sale
from clientela.people.actions.answer_absorbed import refuse_absorbed
from clientela.people.actions.answer_parting_question import answer_parting_question
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.erase_card import erase_card, pseudonym
from clientela.people.actions.leave import leave
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.errors import CannotPart
from clientela.people.models import Client, Merge, PartingQuestion, Proof
from clientela.people.queries.merge_by_refusal import refusal_token
from clientela.platform.actor import Actor

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
JOINED = ("not", "by-the-person", "by-staff", "hidden")
EVERY = list(product(JOINED, *([(False, True)] * 3)))
"""How the cards were joined; whether something is ahead, being paid, and still to be told."""
CASES = EVERY if PROVE else random.Random(6).sample(EVERY, 3)  # noqa: S311 -- no secret

SAID = {"note": f"{CANARY} likes tea", "birthday": date(1977, 7, 7), "phones": ["+34600999888"]}


def stand(books: list[tuple[object, ...]]) -> bool:
    """Whether all of the books stands, and nothing was added but credits that came back with what was called off."""
    more = [one for one in sums() if one not in books]
    return not set(books) - set(sums()) and all(":release:" in str(one) for one in more)


def two(business: Business, service: Service) -> tuple[Client, Client]:
    """The card that stays and the one that goes; both hold an appointment, and the other one credits."""
    into = make_client(business, f"{CANARY} Luz", MAIL, **SAID)
    card = make_client(business, f"{CANARY} L", "zyxcanary@example.org", note=f"{CANARY} knee")
    for hour, one in ((10, into), (12, card)):
        book(service, at(f"2026-11-24 {hour}:00"), client=one, by=STAFF)
    sell(card, make_package(service))
    return card, into


@pytest.mark.req("L18", "ERA-01")
@pytest.mark.parametrize("erased_first", [True, False])
def test_an_erased_pair_parts_into_two_cards_of_nobody(
    business: Business, credit_service: Service, erased_first: bool
) -> None:
    card, into = two(business, credit_service)
    merge = merged(card, into, f"{CANARY} showed a passport")
    visits, of = set(Appointment.objects.values_list("pk", "client")), Sale.objects.get()
    books = sums()
    if not erased_first:
        parted(merge)
    for one in (into, card):
        erase_card(card=one, because="test", by=SYSTEM, now=LATER)
    if erased_first:
        done = parted(merge)
        assert (done.questions, done.log_in) == (0, False)
    hear(now=LATER)
    assert scan() == {}
    for one in Client.objects.all():
        assert (one.record_name, one.merged_into_id, one.account_id) == (pseudonym(one), None, None)
        assert one.erased_at == LATER
    assert Sale.objects.get().client_id == Grant.objects.get().client_id == card.pk
    assert {pk for pk, _ in visits} == set(Appointment.objects.values_list("pk", flat=True))
    assert Appointment.objects.filter(client=card).count() == 1
    assert of.pk == Sale.objects.get().pk
    assert stand(books)
    with pytest.raises(CannotPart):
        parted(merge)


@pytest.mark.req("L18")
def test_who_was_forgotten_after_the_parting_leaves_nothing_on_the_other_card(
    business: Business, credit_service: Service
) -> None:
    """A merge keeps what it wrote on the survivor; of somebody who is no more it may not."""
    far, into = make_client(business, "Far", "far@example.com"), make_client(business, "Luz")
    card = make_client(business, f"{CANARY} L", MAIL, **SAID)
    inner = merged(card, into, f"{CANARY} showed a passport")
    outer = merged(into, far)
    Client.objects.filter(pk=far.pk).update(birthday=date(1980, 1, 1))  # said anew since
    parted(inner)
    card.refresh_from_db()
    assert scan() != {}
    erase_card(card=card, because="test", by=SYSTEM, now=LATER)
    assert scan() == {}
    parted(outer)
    assert scan() == {}
    assert Client.objects.get(pk=far.pk).birthday == date(1980, 1, 1)


@pytest.mark.req("L18")
def test_what_was_asked_is_not_given_to_who_was_forgotten_meanwhile(
    business: Business, service: Service
) -> None:
    into, card = make_client(business, "Luz"), make_client(business, "Sol", "sol@example.com")
    merge = merged(card, into)
    visit = book(service, at("2026-11-24 10:00"), client=into, by=STAFF).appointment
    parted(merge)
    question = PartingQuestion.objects.get(row_id=visit.pk)
    card.refresh_from_db()
    erase_card(card=card, because="test", by=SYSTEM, now=LATER)
    with pytest.raises(CannotPart) as refused:
        answer_parting_question(question=question, is_absorbed=True, by=STAFF, now=LATER)
    assert refused.value.reason == "card-gone"
    answer_parting_question(question=question, is_absorbed=False, by=STAFF, now=LATER)
    assert Appointment.objects.get().client_id == into.pk


@pytest.mark.req("L18")
def test_whose_card_was_forgotten_gets_no_log_in_back_and_a_new_card_when_they_come(
    business: Business, service: Service
) -> None:
    card, into = two(business, service)
    owner = person("zyxcanary@example.org", f"{CANARY} L")
    claim_cards(account=owner, now=NOW)
    card.refresh_from_db()
    merge = merged(card, into, "seen")
    token = refusal_token(merge)
    # Shown meanwhile: the two are one for everybody.
    Merge.objects.filter(pk=merge.pk).update(hides=False)
    erase_card(card=into, because="test", by=SYSTEM, now=LATER)
    refuse_absorbed(token=token, now=LATER)
    assert Client.objects.filter(account=owner).count() == 0
    fresh = card_for_account(business=business, account=owner, by=Actor.client(owner.pk), now=LATER)
    assert fresh.pk not in {card.pk, into.pk}


@pytest.mark.req("ERA-01")
@pytest.mark.parametrize(("joined", "ahead", "paying", "untold"), CASES)
def test_whoever_leaves_is_nowhere_whatever_is_under_way(
    business: Business,
    credit_service: Service,
    joined: str,
    ahead: bool,
    paying: bool,
    untold: bool,
) -> None:
    """The order: what is hidden parts first, what is ahead is called off, then all is forgotten; the books stand."""
    me = person(MAIL, f"{CANARY} Luz")
    mine = make_client(business, f"{CANARY} Luz", MAIL, **SAID)
    claim_cards(account=me, now=NOW)
    other = make_client(business, "Otto", "otto@example.org")
    if joined == "hidden":
        claim_cards(account=person("otto@example.org", "Otto"), now=NOW)
    mine.refresh_from_db()
    other.refresh_from_db()
    if ahead:
        book(credit_service, at("2026-11-27 10:00"), client=mine, by=STAFF)
    sold = sell(mine, make_package(credit_service))
    if paying:
        buy(mine, credit_service)
    if not untold:
        hear()
    if joined == "by-the-person":
        take_up_card(card=other, into=mine, proof=Proof.LOG_IN, by=Actor.client(me.pk), now=NOW)
    elif joined == "hidden":
        # As after a welcome: the survivor's log-in came when the merge was done.
        Client.objects.filter(pk=mine.pk).update(account=None)
        mine.refresh_from_db()
        merged(other, mine, "seen")
        Client.objects.filter(pk=mine.pk).update(account=me)
    elif joined == "by-staff":
        merged(other, mine, "seen")
    books = sums()
    leave(account=me, also_cards=True, by=Actor.client(me.pk), now=LATER)
    assert scan() == {}
    hear(now=LATER)
    assert scan() == {}, "what was to be told names nobody"
    assert stand(books)
    assert not Account.objects.filter(pk=me.pk).exists()
    assert Sale.objects.get(pk=sold.pk).client_id == mine.pk
    other.refresh_from_db()
    is_forgotten = joined in {"by-the-person", "by-staff"}
    assert (other.erased_at is not None) == is_forgotten, "nobody erases what they may not even see"
    assert forest_of() == []


def forest_of() -> list[str]:
    """What the auditor says of joined cards, in this very transaction."""
    engine: Engine = "postgresql" if connection.vendor == "postgresql" else "sqlite"
    return list(forest(Question(source=Source(engine, connection), now=LATER)))
