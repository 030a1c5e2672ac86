"""Agreeing, closing, and correcting what was closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests import factories
from tests.factories import NOW, STAFF, SYSTEM
from tests.payouts.books import MONDAY, SATURDAY, SUNDAY, TUESDAY, agree, attend, settle
from tests.payouts.hearing import hear

from clientela.booking.actions.correct_status import correct_status
from clientela.booking.models import Appointment, Status
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.payouts.actions.add_commission import add_commission
from clientela.payouts.actions.close_statement import close_statement
from clientela.payouts.actions.settle_visit import settle_visit
from clientela.payouts.errors import ClosingRefused, CommissionRefused
from clientela.payouts.models import Adjustment, CommissionRule, Statement, StatementLine
from clientela.payouts.queries.drafts import drafts
from clientela.payouts.queries.statement_sheet import statement_sheet
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, Proof
from clientela.platform.audit import history

APPEND_ONLY = (CommissionRule, Statement, StatementLine, Adjustment)


@pytest.fixture
def service(business: Business, professional: Professional) -> Service:
    """Sixty a visit."""
    return factories.make_service(business, professionals=(professional,), price_minor=6000)


@pytest.fixture
def twin(business: Business) -> Client:
    return factories.make_client(business, "Ana P.", "ana@elsewhere.example")


def test_a_statement_lists_each_visit_by_its_marker(
    business: Business, professional: Professional, service: Service, client_card: Client
) -> None:
    agree(business)
    attend(service, MONDAY, client_card)
    attend(service, TUESDAY, client_card)
    statement = settle(professional)
    lines = statement.lines.order_by("on")
    assert [(one.newness, one.share, one.amount_minor) for one in lines] == [
        ("new", 4000, 2400),
        ("returning", 6500, 3900),
    ]
    assert (statement.first_on, statement.last_on) == (date(2026, 11, 23), SATURDAY)
    assert (statement.visits_minor, statement.adjustments_minor, statement.total_minor) == (
        6300,
        0,
        6300,
    )
    assert [line.action for line in history(subject=statement)] == ["statement-closed"]
    assert drafts(business_id=business.pk, last_on=SATURDAY) == {}


@pytest.mark.req("S0.9", "S0.10", "L5")
def test_a_merge_after_closing_makes_one_adjustment_and_a_parting_one_back(
    business: Business,
    professional: Professional,
    service: Service,
    client_card: Client,
    twin: Client,
) -> None:
    agree(business)
    attend(service, MONDAY, twin)
    later = attend(service, TUESDAY, client_card)
    closed = settle(professional)
    said = list(StatementLine.objects.values_list("id", "amount_minor"))
    merge = merge_clients(card=twin, into=client_card, proof=Proof.LOG_IN, by=SYSTEM, now=SUNDAY)
    hear(SUNDAY, times=3)
    made = Adjustment.objects.get()
    assert (made.appointment_id, made.was_minor, made.is_minor, made.amount_minor) == (
        later.pk,
        2400,
        3900,
        1500,
    )
    assert made.of_statement == closed
    assert list(StatementLine.objects.values_list("id", "amount_minor")) == said

    sheet = statement_sheet(closed)
    assert (sheet.then_minor, sheet.now_minor) == (4800, 6300)
    assert [row.is_told for row in sheet.rows] == [True, True]

    unmerge_clients(merge=merge, by=SYSTEM, now=SUNDAY)
    hear(SUNDAY, times=3)
    assert list(
        Adjustment.objects.order_by("made_at", "id").values_list("amount_minor", flat=True)
    ) == [1500, -1500]
    second = settle(professional, last_on=date(2026, 12, 5), now=SUNDAY + timedelta(days=7))
    assert (second.first_on, second.visits_minor, second.adjustments_minor, second.total_minor) == (
        date(2026, 11, 29),
        0,
        0,
        0,
    )
    assert second.lines.count() == 2


def test_a_visit_that_did_not_take_place_is_taken_back_and_one_noted_late_is_added(
    business: Business, professional: Professional, service: Service, client_card: Client
) -> None:
    agree(business)
    visit = attend(service, MONDAY, client_card)
    late = factories.book(service, TUESDAY, client=client_card, by=STAFF).appointment
    settle(professional)
    for row, to in ((visit, Status.NO_SHOW), (late, Status.ATTENDED)):
        correct_status(appointment=row, to=to, by=STAFF, now=SUNDAY)
    hear(SUNDAY)
    found = {one.appointment_id: one.amount_minor for one in Adjustment.objects.all()}
    # The late one is the first visit by now: the other one was missed.
    assert found == {visit.pk: -2400, late.pk: 2400}
    draft = drafts(business_id=business.pk, last_on=date(2026, 12, 1))[professional.pk, "EUR"]
    assert (draft.visits, draft.total_minor) == ([], 0)


def test_what_is_not_closed_needs_no_adjustment(
    business: Business, professional: Professional, service: Service, client_card: Client
) -> None:
    agree(business)
    visit = attend(service, MONDAY, client_card)
    hear(SUNDAY)
    assert settle_visit(appointment_id=visit.pk, cause="x", now=SUNDAY) == []
    assert not Adjustment.objects.exists()


def test_the_same_cause_adjusts_once(
    business: Business, professional: Professional, service: Service, client_card: Client
) -> None:
    agree(business)
    visit = attend(service, MONDAY, client_card)
    settle(professional)
    Appointment.objects.filter(pk=visit.pk).update(price_minor=8000)
    assert [
        one.amount_minor for one in settle_visit(appointment_id=visit.pk, cause="x", now=SUNDAY)
    ] == [800]
    Appointment.objects.filter(pk=visit.pk).update(price_minor=6000)
    assert settle_visit(appointment_id=visit.pk, cause="x", now=SUNDAY) == []
    assert [
        one.amount_minor for one in settle_visit(appointment_id=visit.pk, cause="y", now=SUNDAY)
    ] == [-800]


def test_closing_is_refused_with_a_word(
    business: Business, professional: Professional, service: Service, client_card: Client
) -> None:
    def refused(**fields: object) -> str:
        given = {"last_on": SATURDAY, "currency": "EUR", "now": SUNDAY, **fields}
        with pytest.raises(ClosingRefused) as refusal:
            close_statement(professional=professional, by=STAFF, **given)  # type: ignore[arg-type]  # named as they are
        return refusal.value.reason

    assert refused() == "nothing-earned"
    attend(service, MONDAY, client_card)
    assert refused() == "commission-missing"
    agree(business)
    assert refused(last_on=date(2026, 11, 29)) == "period-not-over"
    assert refused(digest="0123456789abcdef") == "statement-changed"
    assert refused(currency="USD") == "nothing-earned"
    settle(professional)
    assert refused() == "already-closed"


def test_a_share_is_agreed_from_a_day_on_and_never_in_a_settled_period(
    business: Business,
    next_door: Business,
    professional: Professional,
    service: Service,
    client_card: Client,
) -> None:
    def refused(**fields: object) -> str:
        given = {"new_share": 1, "returning_share": 1, "valid_from": date(2026, 12, 1), **fields}
        with pytest.raises(CommissionRefused) as refusal:
            add_commission(business=business, by=STAFF, now=NOW, **given)  # type: ignore[arg-type]  # named as they are
        return refusal.value.reason

    assert refused(new_share=10_001) == refused(returning_share=None) == "share-unsuitable"
    assert refused(new_share=None, returning_share=None) == "share-unsuitable"
    foreign = Service(business=next_door)
    assert refused(service=foreign) == "other-business"
    agree(business)
    attend(service, MONDAY, client_card)
    settle(professional)
    assert (
        refused(valid_from=SATURDAY)
        == refused(valid_from=SATURDAY, professional=professional)
        == "period-closed"
    )
    rule = agree(business, None, None, valid_from=date(2026, 11, 29), professional=professional)
    assert (rule.number, rule.new_share) == (2, None)


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_nothing_of_a_statement_is_ever_changed(
    business: Business,
    professional: Professional,
    service: Service,
    client_card: Client,
    model: type[Statement],
) -> None:
    """With its negative control: the row is there, and a new one may be added."""
    agree(business)
    visit = attend(service, MONDAY, client_card)
    settle(professional)
    correct_status(appointment=visit, to=Status.NO_SHOW, by=STAFF, now=SUNDAY)
    hear(SUNDAY)
    rows = model.objects.all()
    assert rows.exists()
    delete = rows.all()._raw_delete  # past Django's own look at what depends on it
    for act in (lambda: rows.update(business=business), lambda: delete(rows.db)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()  # type: ignore[no-untyped-call]  # Django types no raw deletion
    assert agree(business, valid_from=date(2026, 12, 24)).number == 2


def test_what_the_business_next_door_earns_is_its_own(
    business: Business,
    next_door: Business,
    professional: Professional,
    service: Service,
    client_card: Client,
) -> None:
    agree(business)
    attend(service, MONDAY, client_card)
    assert drafts(business_id=next_door.pk, last_on=SATURDAY) == {}
    assert list(drafts(business_id=business.pk, last_on=SATURDAY)) == [(professional.pk, "EUR")]
