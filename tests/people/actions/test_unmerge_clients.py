"""Parting: what came goes back, what was born since goes to whose it is, and nothing is lost, in any order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import ForeignObjectRel
from tests.factories import NOW, STAFF, at, book, make_client, make_guest, make_package, sell
from tests.people.persons import person

from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.ledger.models import Grant, Sale
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people import partings
from clientela.people.actions.answer_parting_question import answer_parting_question
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.unmerge_clients import Parted, unmerge_clients
from clientela.people.actions.update_client import update_client
from clientela.people.errors import (
    AlreadyAnswered,
    CannotPart,
    CannotTakeUp,
    EvidenceMissing,
    PlanChanged,
)
from clientela.people.models import (
    Client,
    Identifier,
    Merge,
    MergeRow,
    PairDecision,
    PartingQuestion,
    Proof,
)
from clientela.people.movers import movers
from clientela.people.queries.contacts import contacts, notification_email
from clientela.people.queries.merge_plan import merge_plan
from clientela.platform.models import OutboxEvent

LATER = NOW + timedelta(days=3)


def merged(card: Client, into: Client, evidence: str = "") -> Merge:
    plan = merge_plan(card=card, into=into, now=LATER)
    merge = merge_clients(
        card=card,
        into=into,
        proof=Proof.STAFF,
        plan_digest=plan.digest,
        evidence=evidence,
        by=STAFF,
        now=LATER,
    )
    card.refresh_from_db()
    into.refresh_from_db()
    return merge


def parted(merge: Merge) -> Parted:
    return unmerge_clients(merge=merge, by=STAFF, now=LATER)


def told(*cards: Client) -> list[list[object]]:
    """Everything of the cards, their contacts, appointments and sales, as it stands."""
    keep = [
        f.attname
        for f in Client._meta.concrete_fields
        if not f.name.startswith(("welcome", "compared"))
    ]
    rows = Client.objects.filter(pk__in=[one.pk for one in cards]).order_by("pk")
    return [
        list(rows.values_list(*keep)),
        list(Identifier.objects.order_by("pk").values_list()),
        list(Appointment.objects.order_by("pk").values_list()),
        list(Sale.objects.order_by("pk").values_list()),
        list(Grant.objects.order_by("pk").values_list()),
    ]


def test_every_foreign_key_to_a_card_says_whose_its_rows_become_at_a_parting() -> None:
    keys = {
        (relation.field.model._meta.label, relation.field.name)
        for relation in Client._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
    }
    assert keys == {(one.table, one.column) for one in partings.partings()}
    moving = {(one.table, one.column) for one in movers() if not one.stays}
    left = {(one.table, one.column) for one in partings.partings() if one.how == "remains"}
    assert moving & left == {
        ("people.Client", "merged_into"),
        ("people.HouseholdMember", "client"),
        ("people.HouseholdMember", "guardian"),
    }


def test_a_forgotten_parting_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    rest = {key: one for key, one in partings._partings.items() if key[0] != "ledger.Grant"}
    monkeypatch.setattr(partings, "_partings", rest)
    with pytest.raises(AssertionError):
        test_every_foreign_key_to_a_card_says_whose_its_rows_become_at_a_parting()


@pytest.mark.req("L1")
def test_merge_and_parting_leave_everything_as_it_was_and_can_be_repeated(
    business: Business, credit_service: Service
) -> None:
    package = make_package(credit_service, credits=3)
    into = make_client(business, "Luz Prueba", note="Tea", zone="Europe/Rome")
    card = make_client(
        business, "Luz", "luz@example.org", note="Knee", language="it", birthday=date(1990, 5, 1)
    )
    sell(card, package)
    book(credit_service, at("2026-11-24 10:00"), client=card)
    book(credit_service, at("2026-11-24 12:00"), client=into)
    before = told(card, into)
    first = merged(card, into)
    assert {one.redemption for one in Appointment.objects.all()} == {"redeemed"}
    done = parted(first)
    assert (done.attributed, done.questions, done.kept) == (0, 0, 0)
    assert told(card, into) == before
    card.refresh_from_db()
    into.refresh_from_db()
    parted(merged(card, into))
    assert told(card, into) == before
    assert PairDecision.objects.filter(verdict="different").count() == 2
    with pytest.raises(CannotPart) as refused:
        parted(first)
    assert refused.value.reason == "already-parted"
    assert OutboxEvent.objects.filter(name__contains="ClientsParted").count() == 2


def test_what_was_edited_since_is_kept(business: Business, scope: None) -> None:
    into, card = (
        make_client(business, "Luz", note="Tea"),
        make_client(business, "L", "l@x.org", language="it", note="Knee"),
    )
    merge = merged(card, into)
    update_client(client=into, language="es", note=into.note + "\n\nCame late", by=STAFF, now=LATER)
    done = parted(merge)
    into.refresh_from_db()
    assert into.language == "es"
    assert into.note == "Tea\n\nCame late"
    assert done.kept == 1


def test_what_was_born_since_goes_to_whose_identity_made_it_or_is_asked(
    business: Business, service: Service
) -> None:
    into = make_client(business, "Luz", "luz@example.com")
    card = make_client(business, "Luz", "luz@example.org")
    merge = merged(card, into)
    old = book(
        service, at("2026-11-24 10:00"), client=make_guest("Luz", "luz@example.org")
    ).appointment
    new = book(
        service, at("2026-11-24 12:00"), client=make_guest("Luz", "luz@example.com")
    ).appointment
    desk = book(service, at("2026-11-24 16:00"), client=into).appointment
    sold = sell(into, make_package(service))
    assert {one.client_id for one in (old, new, desk)} == {into.pk}
    done = parted(merge)
    owners = dict(Appointment.objects.values_list("pk", "client"))
    assert owners == {old.pk: card.pk, new.pk: into.pk, desk.pk: into.pk}
    asked = {one.row_id: one for one in PartingQuestion.objects.all()}
    assert set(asked) == {desk.pk, sold.pk}
    assert (done.attributed, done.questions) == (1, 2)
    answer_parting_question(question=asked[sold.pk], is_absorbed=True, by=STAFF, now=LATER)
    assert Sale.objects.get().client_id == Grant.objects.get().client_id == card.pk
    answer_parting_question(question=asked[desk.pk], is_absorbed=False, by=STAFF, now=LATER)
    assert Appointment.objects.get(pk=desk.pk).client_id == into.pk
    with pytest.raises(AlreadyAnswered):
        answer_parting_question(question=asked[desk.pk], is_absorbed=True, by=STAFF, now=LATER)


def test_a_credit_that_crossed_goes_back_to_where_it_was_bought(
    business: Business, credit_service: Service
) -> None:
    into, card = make_client(business), make_client(business, "Luz", "luz@example.org")
    sell(card, make_package(credit_service, credits=2))
    merge = merged(card, into)
    new = book(
        credit_service, at("2026-11-24 12:00"), client=make_guest("Ana Prueba", "ana@example.com")
    )
    visit = Appointment.objects.get(pk=new.appointment.pk)
    assert (visit.client_id, visit.redemption) == (into.pk, "redeemed")
    parted(merge)
    visit.refresh_from_db()
    assert (visit.client_id, visit.redemption) == (into.pk, "pending")
    assert [len(one.free) for one in usable_grants(client_id=card.pk)] == [2]
    assert usable_grants(client_id=into.pk) == []


@pytest.mark.parametrize("order", ["inner", "outer"])
def test_chains_part_in_any_order(business: Business, service: Service, order: str) -> None:
    a, b, c = (
        make_client(business, f"Card {n}", f"{n}@example.com", note=f"note {n}") for n in "abc"
    )
    for n, one in enumerate((a, b, c)):
        book(service, at(f"2026-11-24 1{n}:00"), client=one)
    before = told(a, b, c)
    inner, outer = merged(a, b), merged(b, c)
    first, second = (inner, outer) if order == "inner" else (outer, inner)
    parted(first)
    living = Client.objects.filter(merged_into=None)
    assert living.count() == 2
    assert not Appointment.objects.exclude(client__in=living).exists()
    parted(second)
    assert told(a, b, c) == before
    assert not MergeRow.objects.filter(merge__undone_at=None).exists()


def test_a_card_that_parted_from_within_is_not_torn_away_by_the_merge_around_it(
    business: Business, service: Service
) -> None:
    a, b, c = (make_client(business, f"Card {n}", f"{n}@example.com") for n in "abc")
    visit = book(service, at("2026-11-24 10:00"), client=a).appointment
    inner, outer = merged(a, b), merged(b, c)
    parted(inner)
    a.refresh_from_db()
    merged(a, c)
    parted(outer)
    visit.refresh_from_db()
    assert visit.client_id == c.pk
    assert Client.objects.get(pk=a.pk).merged_into_id == c.pk


def test_a_plan_that_is_out_of_date_is_refused_and_two_log_ins_are(
    business: Business, service: Service
) -> None:
    into, card = make_client(business), make_client(business, "Luz", "luz@example.org")
    plan = merge_plan(card=card, into=into, now=LATER)
    book(service, at("2026-11-24 10:00"), client=card)
    with pytest.raises(PlanChanged):
        merge_clients(
            card=card, into=into, proof=Proof.STAFF, plan_digest=plan.digest, by=STAFF, now=LATER
        )
    claim_cards(account=person(), now=NOW)
    claim_cards(account=person("luz@example.org", "Luz"), now=NOW)
    card.refresh_from_db()
    into.refresh_from_db()
    with pytest.raises(CannotTakeUp) as refused:
        merged(card, into, "seen the passport")
    assert refused.value.reason == "two-log-ins"
    assert merge_plan(card=card, into=into, now=LATER).refusal == "two-log-ins"


def test_a_log_in_leaves_its_card_and_comes_back(business: Business, scope: None) -> None:
    into, card = (
        make_client(business, "Luz", "new@example.com"),
        make_client(business, "Luz", "luz@example.org"),
    )
    owner = person("luz@example.org", "Luz")
    claim_cards(account=owner, now=NOW)
    card.refresh_from_db()
    with pytest.raises(EvidenceMissing):
        merged(card, into)
    merge = merged(card, into, "she showed her card")
    assert card.account_id is None
    assert (merge.absorbed_account_id, merge.hides) == (owner.pk, True)
    assert notification_email(into).value == "new@example.com"
    assert claim_cards(account=owner, now=LATER) == []
    assert parted(merge).log_in
    card.refresh_from_db()
    assert card.account_id == owner.pk
    assert len(contacts(card)) == 1
