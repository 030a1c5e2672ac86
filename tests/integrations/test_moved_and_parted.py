"""Joined cards of a business that moved are parted there as they would have been parted here, to the byte.

A random history of the kind of ``tests/people/test_random_partings.py`` is told in a file. What the file says after all
is parted is the same, whether the business stayed, moved to an empty installation, or was copied beside the first.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests import factories
from tests.factories import NOW, STAFF, at, book, make_account, make_client
from tests.integrations.actions.test_import_business import without_ids
from tests.integrations.emptying import emptied
from tests.people.test_random_partings import History, begun, check

from clientela.auditor.audit import INVARIANTS
from clientela.auditor.breach import Question
from clientela.auditor.source import Source
from clientela.booking.models import Appointment
from clientela.business.models import Business, Professional
from clientela.integrations.actions.import_business import import_business
from clientela.integrations.business_file.reading import read_text
from clientela.integrations.queries.export_text import export_text
from clientela.ledger.queries.balances import balances
from clientela.people.actions.answer_suggestion import answer_suggestion
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.show_absorbed import show_absorbed_in_time
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import (
    Client,
    Merge,
    PairVerdict,
    PartingQuestion,
    Proof,
)
from clientela.people.queries.last_word import last_word
from clientela.people.queries.merge_plan import merge_plan
from clientela.people.queries.waiting_at import waiting_at
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
STEPS, SEEDS = (80, range(40)) if PROVE else (24, range(1))
BY = Actor.system("test")
LATER = NOW + timedelta(days=1)
WATCHED = ("INV-4", "INV-7", "INV-8", "INV-11", "INV-12", "markers", "households")
NOT_ITS_OWN = {"business", "anchor"}


def told(slug: str) -> dict[str, Any]:
    """What a business's file says, without ids."""
    paper = read_text(export_text(slug=slug)).model_dump(exclude_defaults=True)
    for entry in paper["appointments"]:
        entry.pop("assigned_because", None)
    kept: dict[str, Any] = without_ids(
        {word: part for word, part in paper.items() if word not in NOT_ITS_OWN}
    )
    return kept


def brought_in(paper: str, *, slug: str | None = None) -> UUID:
    done = import_business(document=read_text(paper), slug=slug, by=BY, now=NOW)
    return done.business_id


def standing() -> list[Merge]:
    return list(Merge.objects.filter(undone_at=None).order_by("pk"))


def part_all(order: Sequence[int]) -> None:
    merges = standing()
    for number in order:
        unmerge_clients(merge=merges[number], by=STAFF, now=LATER)


def breaches(now: datetime = NOW) -> list[str]:
    """What the auditor finds, within the transaction of the test."""
    connection.ensure_connection()
    engine = "sqlite" if connection.vendor == "sqlite" else "postgresql"
    question = Question(Source(engine, connection.connection), now)  # type: ignore[arg-type]  # one of two words
    return [
        f"{one.name}: {found}"
        for one in INVARIANTS
        if one.name in WATCHED
        for found in one.examine(question)
    ]


def lived(business: Business, people: Sequence[Professional], seed: int) -> History:
    """A history, whose staff also said something of two of the cards."""
    life = begun(business, people, seed=seed)
    first, second = life.cards[0], life.cards[3]
    answer_suggestion(first=first, second=second, word=PairVerdict.DIFFERENT, by=STAFF, now=NOW)
    for _ in range(STEPS):
        life.step()
    while not standing():
        life.merge()
    return life


@pytest.mark.req("L1", "INV-12", "MRG-08")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_business_that_moved_parts_its_cards_as_though_it_had_stayed(
    business: Business, professional: Professional, colleague: Professional, seed: int
) -> None:
    print(f"seed {seed}")
    life = lived(business, (professional, colleague), seed)
    order = life.draw.sample(range(len(standing())), len(standing()))
    first = export_text(slug=business.slug)
    copy_id = brought_in(first, slug="copy")
    with transaction.atomic():
        part_all(order)
        stayed = export_text(slug=business.slug)
        had = {card.pk: balances(client_id=card.pk, on=LATER.date()) for card in life.cards}
        told_here = told(business.slug)
        transaction.set_rollback(True)
    with business_scope(copy_id):
        part_all(order)
        assert told("copy") == told_here
    emptied()
    assert brought_in(first) == business.pk
    assert export_text(slug=business.slug) == first
    assert breaches() == []
    part_all(order)
    assert export_text(slug=business.slug) == stayed
    assert {key: balances(client_id=key, on=LATER.date()) for key in had} == had
    assert breaches() == []
    check(life)
    assert last_word(first=life.cards[0], second=life.cards[3]) is not None


def _joined_with_log_ins(business: Business) -> tuple[Merge, Client]:
    """A card with a log-in that staff joined to another one; returns the merge and the survivor."""
    gone, stays = (
        make_client(business, name, email)
        for name, email in (("Ana Prueba", "ana@example.com"), ("Ana P", "ap@example.com"))
    )
    gone.account = make_account("ana@x.test")
    gone.save(update_fields=["account"])
    plan = merge_plan(card=gone, into=stays, now=NOW)
    merge = merge_clients(
        card=gone,
        into=stays,
        proof=Proof.STAFF,
        plan_digest=plan.digest,
        evidence="she showed both",
        by=STAFF,
        now=NOW,
    )
    stays.refresh_from_db()
    return merge, stays


@pytest.mark.req("L1")
def test_what_only_the_log_ins_could_tell_apart_is_told_row_by_row(
    business: Business, professional: Professional
) -> None:
    service = factories.make_service(business, professionals=(professional,))
    merge, survivor = _joined_with_log_ins(business)
    survivor.account = make_account("ap@x.test")
    survivor.save(update_fields=["account"])
    made = [
        book(service, at(f"2026-11-24 {hour}"), client=survivor, by=STAFF, now=NOW).appointment
        for hour in ("09:30", "10:30", "11:30")
    ]
    for one, account_id in zip(
        made, (merge.absorbed_account_id, survivor.account_id), strict=False
    ):
        Appointment.objects.filter(pk=one.pk).update(account=account_id)
    first = export_text(slug=business.slug)
    with transaction.atomic():
        part_all([0])
        here = dict(Appointment.objects.values_list("pk", "client"))
        asked = list(PartingQuestion.objects.values_list("row_id", flat=True))
        transaction.set_rollback(True)
    assert (here[made[0].pk], here[made[1].pk]) == (merge.absorbed_id, survivor.pk)
    assert asked == [made[2].pk]
    emptied()
    brought_in(first)
    assert export_text(slug=business.slug) == first
    part_all([0])
    assert dict(Appointment.objects.values_list("pk", "client")) == here
    assert list(PartingQuestion.objects.values_list("row_id", flat=True)) == asked


@pytest.mark.req("L1")
@pytest.mark.usefixtures("scope")
def test_what_was_hidden_stays_hidden_and_its_addresses_give_nobody_the_card(
    business: Business,
) -> None:
    merge, survivor = _joined_with_log_ins(business)
    first = export_text(slug=business.slug)
    emptied()
    brought_in(first)
    moved = Merge.objects.get()
    assert (moved.pk, moved.hides, moved.shown_from) == (merge.pk, True, merge.shown_from)
    assert moved.refuse_digest == ""
    assert breaches() == []
    reader = make_account("ana@example.com")
    assert not waiting_at(emails=["ana@example.com"], account_id=reader.pk).exists()
    found = waiting_at(emails=["ap@example.com"], account_id=reader.pk)
    assert [one.pk for one in found] == [survivor.pk]
    assert show_absorbed_in_time(now=NOW + timedelta(days=4)) == 1
