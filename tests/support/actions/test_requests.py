"""Requests: who is awaited, who may end them, and that nobody says a client's word for them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from tests import factories
from tests.accounts.people import MINUTE, proved
from tests.cast import Person
from tests.factories import NOW, SYSTEM, at
from tests.support.hearing import hear

from clientela.accounts.actions.ask_join import CONFIRMED_WITHIN, REFUSE, ask_join
from clientela.accounts.actions.confirm_join import confirm_join
from clientela.accounts.actions.erase_account import erase_account
from clientela.accounts.actions.expire_joins import expire_joins
from clientela.accounts.actions.refuse_join import refuse_join
from clientela.accounts.join_codes import OTHER, OWN, join_code
from clientela.accounts.models import AccountJoin
from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.actions.reclassify_appointment import answer_reclassification
from clientela.booking.errors import ReclassifyRefused
from clientela.booking.models import Appointment, Channel, ReclassifyRequest
from clientela.booking.queries.explain_marker import explain_marker
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.join_accounts import join_accounts
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.events import HouseholdAnswered, HouseholdAsked
from clientela.people.models import Client, HouseholdInvitation, Proof
from clientela.platform import guards, links, outbox
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent
from clientela.rules.attribution import MarkerPolicy, Newness
from clientela.rules.reclassification import Ground
from clientela.support.actions.ask_reclassify import ask_reclassify
from clientela.support.actions.decide_request import decide_request
from clientela.support.actions.expire_requests import WAITS_FOR, expire_requests
from clientela.support.actions.forget_requests import forget_notes
from clientela.support.actions.open_thread import open_thread
from clientela.support.actions.withdraw_request import withdraw_request
from clientela.support.errors import ClientMustConfirm, NotYourRequest, RequestEnded, SupportOnly
from clientela.support.guards import NAME
from clientela.support.models import Request, RequestKind, RequestState
from clientela.support.queries.requests import awaited_of, queue, requests_of, waiting

pytestmark = pytest.mark.django_db
HERE = links.digest("this session")
AGENT = Actor.staff(UUID(int=9), "support")
MONDAY, TUESDAY = at("2026-11-23 10:00"), at("2026-11-24 10:00")
LATER = NOW + MINUTE


def asked(email: str = "old@example.com") -> AccountJoin:
    ana = proved()
    return ask_join(account=ana, email=email, session_digest=HERE, by=Actor.client(ana.pk), now=NOW)


def typed(join: AccountJoin, purpose: str) -> AccountJoin:
    nonce = join.own_nonce if purpose == OWN else join.other_nonce
    return confirm_join(
        account=join.account,
        join=join,
        session_digest=HERE,
        code=join_code(purpose=purpose, nonce=nonce),
        by=Actor.client(join.account_id),
        now=LATER,
    )


def the_request() -> Request:
    return Request.objects.get()


@pytest.mark.req("S0.7", "S0.15", "S0.16")
def test_the_wish_of_one_person_waits_for_them_with_both_addresses() -> None:
    join = asked()
    thread = open_thread(account=join.account, language="es", now=NOW)
    hear(LATER)
    request = the_request()
    assert (request.kind, request.state) == ("same-person", "waiting-for-client")
    assert request.emails == ["ana@example.com", "old@example.com"]
    assert (request.since, request.account, request.thread) == (NOW, join.account, thread)
    assert requests_of(thread=thread, most=5) == [request]
    assert waiting().for_client == 1
    assert AuditEvent.objects.filter(action="request-noted").count() == 1


@pytest.mark.req("S0.8", "S0.14")
def test_with_both_words_it_is_done_and_no_address_is_kept() -> None:
    join = asked()
    hear(LATER)
    typed(join, OWN)
    join = typed(join, OTHER)
    join_accounts(join=join, by=Actor.client(join.account_id), now=LATER)
    hear(LATER)
    request = the_request()
    assert (request.state, request.outcome, request.emails) == ("done", "joined", [])
    assert request.ended_at == LATER


@pytest.mark.req("S0.22")
def test_one_confirmation_alone_ends_nothing_and_runs_out() -> None:
    join = typed(asked(), OWN)
    hear(LATER)
    assert the_request().state == RequestState.WAITING_FOR_CLIENT
    over = NOW + CONFIRMED_WITHIN
    assert expire_joins(now=over) == 1
    names = hear(over)
    request = the_request()
    assert (request.state, request.emails) == ("expired", [])
    assert AccountJoin.objects.get().joined_at is None
    assert "accounts.JoinExpired" in names  # which notify tells to both mailboxes
    assert join.account.is_active


@pytest.mark.req("S0.14")
def test_a_wish_that_the_other_mailbox_refuses_or_nobody_answers_ends_too() -> None:
    join = asked()
    refuse_join(token=links.derive(purpose=REFUSE, nonce=join.refuse_nonce), now=LATER)
    hear(LATER)  # also where the refusal is heard together with the wish
    assert (the_request().state, the_request().outcome) == ("declined", "refused")
    ana, again = join.account, LATER + MINUTE
    for moment in (again, again + MINUTE):
        ask_join(account=ana, email="b@example.com", session_digest=HERE,
                 by=Actor.client(ana.pk), now=moment)  # fmt: skip
    hear(again + MINUTE)
    states = list(Request.objects.order_by("asked_at").values_list("state", flat=True))
    assert states == ["declined", "expired", "waiting-for-client"]


@pytest.mark.req("S0.14", "S0.20")
def test_nobody_but_the_owners_ends_as_done_what_waits_for_them() -> None:
    hear_of = asked()
    hear(LATER)
    request = the_request()
    with pytest.raises(SupportOnly):
        decide_request(
            request=request, grants=True, by=Actor.staff(UUID(int=8), "owner"), now=LATER
        )
    for grants in (True, False):
        with pytest.raises(ClientMustConfirm):
            decide_request(request=request, grants=grants, by=AGENT, now=LATER)
    with pytest.raises(NotYourRequest):
        withdraw_request(request=request, by=AGENT, now=LATER)
    by_hand = Request.objects.filter(pk=request.pk)
    for kind, words in (("same-person", {}), ("household", {"join": None})):
        with pytest.raises(DatabaseError), transaction.atomic():
            by_hand.update(state="done", ended_at=LATER, kind=kind, **words)
    with pytest.raises(DatabaseError), transaction.atomic():
        by_hand.update(state="open")  # so that the support could be asked instead
    assert the_request().state == RequestState.WAITING_FOR_CLIENT
    with guards.taken_down(NAME, why="the same by hand succeeds without the guard"):
        assert by_hand.update(state="done", ended_at=LATER) == 1
    assert hear_of.joined_at is None


def invited(**fields: object) -> HouseholdInvitation:
    ana = proved()
    invitation = HouseholdInvitation.objects.create(
        account=ana, own_email=ana.email, email="ben@example.com", invited_nonce="n",
        invited_digest="d", asked_at=NOW, closes_at=NOW + timedelta(days=7), **fields,
    )  # fmt: skip
    with transaction.atomic():
        outbox.record(HouseholdAsked(invitation_id=invitation.pk), now=NOW)
    return invitation


@pytest.mark.req("S0.13", "S0.15")
@pytest.mark.parametrize(
    ("column", "state"),
    [
        ("accepted_at", "done"),
        ("refused_at", "declined"),
        ("withdrawn_at", "withdrawn"),
        ("expired_at", "expired"),
    ],
)
def test_a_household_waits_for_who_was_named_and_ends_as_they_say(column: str, state: str) -> None:
    invitation = invited()
    hear(LATER)
    assert (the_request().kind, the_request().state) == ("household", "waiting-for-client")
    assert the_request().emails == ["ana@example.com", "ben@example.com"]
    setattr(invitation, column, LATER)
    invitation.save()
    with transaction.atomic():
        outbox.record(HouseholdAnswered(invitation_id=invitation.pk), now=LATER)
    hear(LATER)
    assert (the_request().state, the_request().emails) == (state, [])


@pytest.mark.req("S0.16")
def test_the_specialist_of_either_card_knows_that_the_client_is_awaited_and_no_other(
    business: Business, scope: None
) -> None:
    own = factories.make_client(business, "=Ana", "ana@example.com")
    other = factories.make_client(business, "=Ana P.", "old@example.com")
    stranger = factories.make_client(business, "=Ben", "ben@example.com")
    join = asked()
    own.account = join.account
    own.save()
    hear(LATER)
    assert awaited_of(card=own) == awaited_of(card=other) == the_request()
    assert awaited_of(card=stranger) is None


@pytest.fixture
def strict(business: Business, scope: None) -> None:
    choose_marker_policy(business=business, policy=MarkerPolicy.CHANNEL_STRICT, by=SYSTEM, now=NOW)


@pytest.fixture
def other_channel(service: Service, client_card: Client, strict: None) -> Appointment:
    """The second of two visits: it came by another channel, so it counts as new."""
    factories.book(service, MONDAY, client=client_card, by=SYSTEM, channel=Channel.STAFF)
    return factories.book(
        service, TUESDAY, client=client_card, by=SYSTEM, channel=Channel.WEB
    ).appointment


def ask(
    visit: Appointment, by: Person, ground: Ground = Ground.OTHER_CHANNEL, now: object = NOW
) -> Request:
    return ask_reclassify(
        appointment=visit, to=Newness.RETURNING, ground=ground,
        text="We had written before", by=by.actor, now=now,  # type: ignore[arg-type]  # an instant
    )  # fmt: skip


def value_of(visit: Appointment) -> str:
    explained = explain_marker(visit)
    assert explained is not None
    return explained.row.value


@pytest.mark.req("S0.11")
def test_the_support_corrects_a_booking_that_a_specialist_asks_about(
    other_channel: Appointment, professional_member: Person
) -> None:
    request = ask(other_channel, professional_member)
    assert ask(other_channel, professional_member) == request
    assert (request.state, list(queue(awaited=RequestState.OPEN))) == ("open", [request])
    decided = decide_request(request=request, grants=True, by=AGENT, now=LATER)
    assert (decided.state, decided.outcome, decided.ended_by_id) == (
        "done", "granted", AGENT.account_id,
    )  # fmt: skip
    assert value_of(other_channel) == "returning"
    assert ReclassifyRequest.objects.get().state == "granted"
    with pytest.raises(RequestEnded):
        decide_request(request=request, grants=False, by=AGENT, now=LATER)


@pytest.mark.req("S0.11")
def test_an_owner_may_answer_first_and_their_answer_stands(
    other_channel: Appointment, professional_member: Person, owner: Person
) -> None:
    request = ask(other_channel, professional_member)
    asked = ReclassifyRequest.objects.get()
    answer_reclassification(request=asked, grants=False, by=owner.actor, now=LATER)
    decided = decide_request(request=request, grants=True, by=AGENT, now=LATER)
    assert (decided.state, value_of(other_channel)) == ("declined", "new")
    again = ask(other_channel, professional_member, now=LATER)
    answer_reclassification(
        request=ReclassifyRequest.objects.get(state="waiting"),
        grants=True, by=owner.actor, now=LATER,
    )  # fmt: skip
    hear(LATER)
    again.refresh_from_db()
    assert (again.state, again.ended_by_id) == ("done", owner.account.pk)


@pytest.mark.req("S0.11", "S0.14")
def test_what_only_the_client_can_say_waits_for_them_and_then_follows_their_word(
    business: Business, service: Service, client_card: Client, professional_member: Person
) -> None:
    twin = factories.make_client(business, "=Ana P.", "ana@elsewhere.example")
    factories.book(service, MONDAY, client=client_card, by=SYSTEM)
    visit = factories.book(service, TUESDAY, client=twin, by=SYSTEM).appointment
    request = ask(visit, professional_member)
    assert (request.state, request.reclassify_id) == ("waiting-for-client", None)
    with pytest.raises(ClientMustConfirm):
        decide_request(request=request, grants=True, by=AGENT, now=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(state="done", ended_at=LATER)
    assert value_of(visit) == "new"
    merge_clients(card=twin, into=client_card, proof=Proof.OWNERS, by=SYSTEM, now=LATER)
    hear(LATER, and_markers=True)
    request.refresh_from_db()
    assert (request.state, request.outcome) == ("done", "marker-turned")
    assert value_of(visit) == "returning"


@pytest.mark.req("S0.22")
def test_it_does_not_wait_for_ever(
    service: Service, client_card: Client, professional_member: Person
) -> None:
    visit = factories.book(service, MONDAY, client=client_card, by=SYSTEM).appointment
    request = ask(visit, professional_member)
    assert request.state == RequestState.WAITING_FOR_CLIENT
    assert expire_requests(now=NOW + WAITS_FOR - MINUTE) == 0
    assert expire_requests(now=NOW + WAITS_FOR) == 1
    request.refresh_from_db()
    assert request.state == RequestState.EXPIRED
    assert ask(visit, professional_member, now=NOW + WAITS_FOR).pk != request.pk


def test_who_asked_takes_it_back_and_nobody_else(
    other_channel: Appointment, professional_member: Person, owner: Person
) -> None:
    request = ask(other_channel, professional_member)
    with pytest.raises(NotYourRequest):
        withdraw_request(request=request, by=owner.actor, now=LATER)
    withdraw_request(request=request, by=professional_member.actor, now=LATER)
    request.refresh_from_db()
    assert (request.state, ReclassifyRequest.objects.get().state) == ("withdrawn", "refused")
    with pytest.raises(RequestEnded):
        withdraw_request(request=request, by=professional_member.actor, now=LATER)


def test_a_wrong_ground_is_refused_to_specialists_as_to_everybody(
    service: Service, client_card: Client, professional_member: Person
) -> None:
    factories.book(service, MONDAY, client=client_card, by=SYSTEM)
    visit = factories.book(service, TUESDAY, client=client_card, by=SYSTEM).appointment
    with pytest.raises(ReclassifyRefused):
        ask(visit, professional_member)
    assert not Request.objects.exists()


def test_what_a_specialist_wrote_is_forgotten_with_the_client(
    other_channel: Appointment, professional_member: Person
) -> None:
    request = ask(other_channel, professional_member)
    forget_notes(card=other_channel.client, now=LATER)
    request.refresh_from_db()
    assert request.note == ""


def test_an_erased_person_leaves_no_address_in_any_request() -> None:
    join = asked("ben@example.com")
    hear(LATER)
    ben = proved("ben@example.com")
    erase_account(account=ben, by=Actor.client(ben.pk), now=LATER)
    assert the_request().emails == ["ana@example.com"]
    erase_account(account=join.account, by=Actor.client(join.account_id), now=LATER)
    request = the_request()
    assert (request.state, request.account, request.emails) == ("withdrawn", None, [])
    assert request.kind == RequestKind.SAME_PERSON
