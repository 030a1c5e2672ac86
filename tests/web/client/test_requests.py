"""What I asked: who is awaited and for how long, what came of it, taking it back; nothing of anybody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from tests import factories
from tests.factories import SYSTEM, at
from tests.support.hearing import hear
from tests.web.client.conftest import NOW

from clientela.accounts.actions.ask_join import REFUSE, ask_join
from clientela.accounts.actions.refuse_join import refuse_join
from clientela.accounts.models import Account
from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.models import Channel
from clientela.business.models import Business, Professional, Role
from clientela.catalogue.models import Service
from clientela.people.actions.answer_household import refuse_household
from clientela.people.actions.ask_household import ask_household
from clientela.people.household_links import token_of
from clientela.people.models import HouseholdInvitation
from clientela.people.queries.own_copy import own_copy
from clientela.platform import links
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope
from clientela.rules.attribution import MarkerPolicy, Newness
from clientela.rules.reclassification import Ground
from clientela.support.actions.ask_reclassify import ask_reclassify
from clientela.support.actions.open_thread import open_thread
from clientela.support.actions.write_line import write_line
from clientela.support.models import Request

HERE, WITHDRAW = "/client/requests/", "/client/requests/withdraw"
HOUR = timedelta(hours=1)


def invited(account: Account, email: str = "bea@example.com") -> HouseholdInvitation:
    by = Actor.client(account.pk)
    invitation = ask_household(account=account, email=email, by=by, now=NOW)
    hear(NOW)
    return invitation


def wished(account: Account, email: str = "old@example.com") -> str:
    by = Actor.client(account.pk)
    join = ask_join(account=account, email=email, session_digest="x", by=by, now=NOW)
    hear(NOW)
    return links.derive(purpose=REFUSE, nonce=join.refuse_nonce)


@pytest.mark.req("S0.16", "S0.22")
def test_it_says_what_is_awaited_of_whom_and_for_how_long(
    signed_in: Browser, ana: Account, other: Account
) -> None:
    assert "You have asked for nothing yet" in signed_in.get(HERE).text
    wished(ana)
    invited(ana)
    invited(other, "secret@example.com")
    with time_machine.travel(NOW + 3 * HOUR, tick=False):
        text = signed_in.get(HERE).text
    assert text.count("waiting: 3 h") == 2
    for said in (
        "old@<wbr>example",
        "bea@<wbr>example",
        "Type the codes",
        "Their answer is awaited",
    ):
        assert said in text
    assert text.count("Take back") == 1  # codes are void by themselves
    assert "secret@" not in text
    for way in ("/client/profile", "/client/two-accounts", "/client/household/", "/support/chat/"):
        assert HERE in signed_in.get(way).text
    assert HERE not in Browser().get("/support/chat/").text


def test_an_invitation_is_taken_back_here_and_only_by_who_asked(
    signed_in: Browser, ana: Account, other: Account
) -> None:
    wished(ana)
    mine, theirs = invited(ana), invited(other, "secret@example.com")
    for request in (
        Request.objects.get(kind="same-person").pk,
        Request.objects.get(invitation=theirs).pk,
        uuid7(),
        "nothing",
    ):
        refused = signed_in.post(WITHDRAW, {"request": request})
        assert (refused.status_code, "It has ended already" in refused.text) == (409, True)
    assert Request.objects.filter(ended_at=None).count() == 3
    request = Request.objects.get(invitation=mine)
    assert signed_in.post(WITHDRAW, {"request": request.pk}).status_code == 302
    assert "Taken back" in signed_in.get(HERE).text
    mine.refresh_from_db()
    request.refresh_from_db()
    assert mine.withdrawn_at == NOW
    assert (request.state, request.ended_by_id, request.emails) == ("withdrawn", None, [])


def shown(browser: Browser) -> str:
    """The page, without what is new in every form of its frame."""
    return browser.get(HERE).text.partition("<h1>")[2].partition("<footer")[0]


@pytest.mark.req("AUT-02")
def test_another_mailboxs_no_reads_like_its_silence(signed_in: Browser, ana: Account) -> None:
    refuse_household(token=token_of(invited(ana)), now=NOW)
    refuse_join(token=wished(ana), now=NOW)
    hear(NOW)
    assert set(Request.objects.values_list("state", flat=True)) == {"declined"}
    said = shown(signed_in)
    told = own_copy(account=ana, now=NOW)["requests"]
    Request.objects.update(state="expired", outcome="expired")
    assert "Not confirmed" in said
    assert shown(signed_in) == said
    assert own_copy(account=ana, now=NOW)["requests"] == told
    assert [one["state"] for one in told] == ["not-confirmed"] * 2


@pytest.mark.req("S0.11")
def test_a_specialist_sees_what_they_asked_without_the_client_and_takes_it_back(
    signed_in: Browser,
    ana: Account,
    business: Business,
    professional: Professional,
    service: Service,
) -> None:
    with business_scope(business.pk):
        member = factories.make_member(business, ana, Role.PROFESSIONAL, professional=professional)
        who = factories.make_client(business, "Zoe Canary")
        choose_marker_policy(
            business=business, policy=MarkerPolicy.CHANNEL_STRICT, by=SYSTEM, now=NOW
        )
        visit = [
            factories.book(service, at(when), client=who, by=SYSTEM, channel=channel).appointment
            for when, channel in (
                ("2026-11-23 10:00", Channel.STAFF), ("2026-11-24 10:00", Channel.WEB),
            )
        ][-1]  # fmt: skip
        ask_reclassify(
            appointment=visit, to=Newness.RETURNING, ground=Ground.OTHER_CHANNEL,
            text="Canary of the sea", by=Actor.staff(ana.pk, member.role), now=NOW,
        )  # fmt: skip
    text = signed_in.get(HERE).text
    assert business.name in text
    assert "Canary" not in text
    assert "Canary" not in str(own_copy(account=ana, now=NOW)["requests"])
    request = Request.objects.get()
    assert signed_in.post(WITHDRAW, {"request": request.pk}).status_code == 302
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_the_list_goes_on_over_pages_what_waits_first(signed_in: Browser, ana: Account) -> None:
    for number in range(25):
        Request.objects.create(
            kind="household", state="withdrawn", asked_as="client", account=ana,
            asked_at=NOW - number * HOUR, since=NOW, ended_at=NOW,
        )  # fmt: skip
    invited(ana)
    first, second = (signed_in.get(f"{HERE}?page={page}").text for page in (1, 2))
    assert first.index("bea@example.com") < first.index("Taken back")
    assert (first.count("Taken back"), second.count("Taken back")) == (19, 6)


@pytest.mark.req("ERA-03")
def test_the_copy_tells_of_what_was_asked_and_said_also_under_a_log_in_that_became_theirs(
    ana: Account, other: Account, joined: None
) -> None:
    told = own_copy(account=ana, now=NOW)
    assert [line["words"] for line in told["support"]] == ["under the old log-in"]
    (asked,) = told["requests"]
    assert asked["addresses"] == ["otto@example.org", "bea@example.com"]
    assert own_copy(account=ana, now=NOW)["requests"][0]["state"] == "waiting-for-client"


@pytest.fixture
def joined(ana: Account, other: Account) -> None:
    """Otto's log-in was hers; what stood under it is read by her."""
    invited(other)
    thread = open_thread(account=other, language="en", now=NOW)
    write_line(thread=thread, body="under the old log-in", key="k", now=NOW)
    wished(ana)
    ana.joins.update(own_confirmed_at=NOW, other_confirmed_at=NOW, joined_at=NOW, absorbed=other)
    Request.objects.filter(account=ana).delete()
