"""Markers explained and payouts at the desk: who sees whose money, what is drawn, what a press does."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.accounts.people import proved
from tests.cast import Person
from tests.factories import NOW, SYSTEM, at
from tests.payouts.books import MONDAY, SUNDAY, TUESDAY, agree, attend, settle
from tests.payouts.hearing import hear
from tests.support.hearing import hear as hear_requests

from clientela.accounts.actions.ask_join import ask_join
from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.models import Channel, ReclassifyRequest
from clientela.booking.queries.explain_marker import explain_marker
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.payouts.models import CommissionRule, Statement
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.models import Client, Proof
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.rules.attribution import MarkerPolicy
from clientela.support.models import Request

Sit = Callable[..., Browser]
DESK = "/desk/fisio-retiro/"


@pytest.fixture
def service(business: Business, professional: Professional) -> Service:
    """Sixty a visit."""
    return factories.make_service(business, professionals=(professional,), price_minor=6000)


@pytest.fixture
def as_owner(owner: Person, sit: Sit) -> Browser:
    return sit(owner)


@pytest.fixture
def sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: SUNDAY)


@pytest.fixture
def settled(
    business: Business,
    professional: Professional,
    service: Service,
    client_card: Client,
    sunday: None,
) -> Statement:
    """Two visits at two cards, closed as of two new clients; then the cards were joined."""
    agree(business)
    twin = factories.make_client(business, "=Ana P.", "ana@elsewhere.example")
    attend(service, MONDAY, twin)
    attend(service, TUESDAY, client_card)
    statement = settle(professional)
    merge_clients(card=twin, into=client_card, proof=Proof.LOG_IN, by=SYSTEM, now=SUNDAY)
    hear(SUNDAY, times=1)
    return statement


@pytest.mark.req("S0.1", "S0.6")
def test_the_badge_stands_in_the_calendar_on_the_appointment_and_in_the_record(
    professional_member: Person, sit: Sit, service: Service, client_card: Client, sunday: None
) -> None:
    first = attend(service, MONDAY, client_card)
    again = attend(service, TUESDAY, client_card)
    browser = sit(professional_member)
    for visit, word, day in ((first, "New", "2026-11-23"), (again, "Returning", "2026-11-24")):
        marker = f"{DESK}appointments/{visit.pk}/marker/"
        assert word in browser.get(f"{DESK}?day={day}").text
        assert f'href="{marker}"' in browser.get(f"{DESK}appointments/{visit.pk}/").text
        assert f'href="{marker}"' in browser.get(f"{DESK}clients/{client_card.pk}/").text
        page = browser.get(marker).text
        assert f"Shown as {word.lower()} because" in page
        assert "Decided again from what was kept, it says the same." in page
    assert (
        f'href="{DESK}appointments/{first.pk}/"'
        in browser.get(f"{DESK}appointments/{again.pk}/marker/").text
    )


@pytest.mark.req("S0.11")
def test_a_professional_asks_for_a_correction_and_the_owner_grants_it(
    business: Business,
    service: Service,
    client_card: Client,
    professional_member: Person,
    owner: Person,
    sit: Sit,
    sunday: None,
) -> None:
    choose_marker_policy(business=business, policy=MarkerPolicy.CHANNEL_STRICT, by=SYSTEM, now=NOW)
    attend(service, MONDAY, client_card, channel=Channel.STAFF)
    visit = attend(service, TUESDAY, client_card)
    page = f"{DESK}appointments/{visit.pk}/marker/"
    irene, olga = sit(professional_member), sit(owner)
    assert "Ask for a correction" in irene.get(page).text
    irene.post(page, {"ground": "other-channel", "note": "We wrote <b>before</b>"})
    assert "Waiting for the support or the owner" in irene.get(page).text
    assert Request.objects.get().state == "open"
    assert irene.post(f"{page}answer/", {"choice": "grant"}).status_code == 404
    assert f'href="{page}"' in olga.get(f"{DESK}payouts/").text
    shown = olga.get(page).text
    assert "We wrote &lt;b&gt;before&lt;/b&gt;" in shown
    olga.post(f"{page}answer/", {"choice": "grant"})
    explained = explain_marker(visit)
    assert explained is not None
    assert explained.row.value == "returning"
    assert "Let the rule decide again" in olga.get(page).text


@pytest.mark.req("S0.14", "S0.16")
def test_what_only_the_client_can_say_waits_for_them_and_changes_nothing(
    service: Service,
    client_card: Client,
    professional_member: Person,
    desk: Person,
    sit: Sit,
    sunday: None,
) -> None:
    visit = attend(service, MONDAY, client_card)
    page = f"{DESK}appointments/{visit.pk}/marker/"
    browser = sit(professional_member)
    assert "Ask for a correction" not in browser.get(page).text
    assert "/client/two-accounts" in browser.get(page).text
    browser.post(page, {"ground": "other-channel", "note": "It is Ana, I am sure"})
    assert Request.objects.get().state == "waiting-for-client"
    assert not ReclassifyRequest.objects.exists()
    shown = browser.get(page).text
    assert "Waiting for the client, not an hour yet" in shown
    assert "It is Ana, I am sure" in shown
    explained = explain_marker(visit)
    assert explained is not None
    assert explained.row.value == "new"
    assert sit(desk).post(f"{page}withdraw/").status_code == 409
    browser.post(f"{page}withdraw/")
    assert Request.objects.get().state == "withdrawn"
    assert "Waiting for the client" not in browser.get(page).text


@pytest.mark.req("S0.16")
def test_the_specialist_sees_since_when_the_client_is_awaited_and_no_address(
    service: Service, client_card: Client, professional_member: Person, sit: Sit, sunday: None
) -> None:
    visit = attend(service, MONDAY, client_card)
    account = proved("somebody@elsewhere.example")
    named = client_card.identifiers.get(kind="email").value
    ask_join(
        account=account, email=named, session_digest="x", by=Actor.client(account.pk),
        now=SUNDAY - timedelta(hours=3),
    )  # fmt: skip
    hear_requests(SUNDAY)
    shown = sit(professional_member).get(f"{DESK}appointments/{visit.pk}/marker/").text
    assert "Waiting for the client, 3 h" in shown
    assert "elsewhere.example" not in shown
    assert named not in shown


def test_a_professional_sees_their_own_payouts_and_nobody_elses(
    settled: Statement,
    business: Business,
    colleague: Professional,
    professional_member: Person,
    desk: Person,
    outsider: Person,
    sit: Sit,
) -> None:
    own, other = f"{DESK}payouts/{settled.professional_id}/", f"{DESK}payouts/{colleague.pk}/"
    statement = f"{DESK}payouts/statements/{settled.pk}/"
    irene = sit(professional_member)
    assert irene.get(f"{DESK}payouts/").headers["Location"] == own
    assert irene.get(own).status_code == irene.get(statement).status_code == 200
    assert "Close the statement" not in irene.get(own).text
    assert irene.get(other).status_code == 404
    assert irene.get(f"{DESK}settings/payouts/").status_code == 404
    assert irene.post(f"{own}close/").status_code == 404
    for nobody in (sit(desk), sit(outsider)):
        for url in (f"{DESK}payouts/", own, statement, f"{statement.rstrip('/')}.csv"):
            assert nobody.get(url).status_code == 404


@pytest.mark.req("S0.10")
def test_a_closed_statement_says_what_it_said_and_what_is_known_now(
    settled: Statement, as_owner: Browser
) -> None:
    page = f"{DESK}payouts/statements/{settled.pk}/"
    then, now = as_owner.get(page).text, as_owner.get(f"{page}?as=now").text
    assert "€48.00" in then
    assert "come to €15.00 more" in then
    assert "€39.00" in now
    assert "€39.00" not in then
    open_page = as_owner.get(f"{DESK}payouts/{settled.professional_id}/").text
    assert "€15.00" in open_page
    assert "Correction of the statement up to" in open_page


def test_the_file_has_every_line_and_no_formula(settled: Statement, as_owner: Browser) -> None:
    answer = as_owner.get(f"{DESK}payouts/statements/{settled.pk}.csv")
    head, *rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head[:4] == ["Day", "Client", "Service", "Marker"]
    assert rows == [
        [
            "2026-11-23",
            "Ana Prueba",
            "Fisioterapia",
            "New",
            "60.00",
            "40",
            "24.00",
            "24.00",
            "",
            "EUR",
        ],
        [
            "2026-11-24",
            "Ana Prueba",
            "Fisioterapia",
            "New",
            "60.00",
            "40",
            "24.00",
            "39.00",
            "",
            "EUR",
        ],
    ]


def test_an_owner_closes_exactly_what_was_read(
    business: Business,
    professional: Professional,
    service: Service,
    client_card: Client,
    as_owner: Browser,
    sunday: None,
) -> None:
    agree(business)
    attend(service, MONDAY, client_card)
    page = f"{DESK}payouts/{professional.pk}/"
    shown = as_owner.get(page)
    draft = shown.context["parts"][0][0]
    fields = {"until": "2026-11-28", "currency": "EUR", "digest": draft.digest}
    attend(service, TUESDAY, client_card)
    changed = as_owner.post(f"{page}close/", fields)
    assert changed.status_code == 409
    assert "Something changed since you read it" in changed.text
    assert not Statement.objects.exists()
    again = changed.context["parts"][0][0]
    done = as_owner.post(f"{page}close/", {**fields, "digest": again.digest}, follow=True)
    assert "The statement is closed." in done.text
    assert Statement.objects.get().total_minor == 6300
    assert as_owner.post(f"{page}close/", {**fields, "digest": again.digest}).status_code == 409


@pytest.mark.req("C5")
def test_an_owner_chooses_how_clients_count_and_agrees_on_shares(
    business: Business,
    professional: Professional,
    service: Service,
    client_card: Client,
    as_owner: Browser,
) -> None:
    for start, channel in (
        (at("2026-11-24 10:00"), Channel.STAFF),
        (at("2026-11-25 10:00"), Channel.WEB),
    ):
        factories.book(service, start, client=client_card, by=factories.STAFF, channel=channel)
    page = f"{DESK}settings/payouts/"
    assert (
        "Of the 2 bookings of the last 90 days, 1 would have read otherwise."
        in as_owner.get(page).text
    )
    assert as_owner.post(page, {"form": "counting", "policy": "channel-strict"}).status_code == 302
    assert as_owner.post(page, {"form": "counting", "policy": "nonsense"}).status_code == 422
    shares = {
        "form": "commission",
        "new_share": "33.33",
        "returning_share": "60",
        "valid_from": "2026-11-01",
    }
    assert as_owner.post(page, shares).status_code == 302
    rule = CommissionRule.objects.get()
    assert (rule.new_share, rule.returning_share, rule.valid_from) == (
        3333,
        6000,
        date(2026, 11, 1),
    )
    half = as_owner.post(page, {**shares, "returning_share": ""})
    assert half.status_code == 422
    assert "33.33 %" in as_owner.get(page).text


@pytest.mark.parametrize("language", ["es", "it"])
def test_every_page_is_drawn_in_every_language(
    settled: Statement, owner: Person, sit: Sit, language: str
) -> None:
    browser = sit(owner, language=language)
    visit = settled.lines.first()
    assert visit is not None
    for url in (
        f"{DESK}payouts/",
        f"{DESK}payouts/{settled.professional_id}/",
        f"{DESK}payouts/statements/{settled.pk}/?as=now",
        f"{DESK}settings/payouts/",
        f"{DESK}appointments/{visit.appointment_id}/marker/",
    ):
        answer = browser.get(url)
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.text


@pytest.mark.parametrize(
    "path", ["payouts/", "payouts/{person}/", "payouts/statements/{statement}/"]
)
def test_a_page_asks_as_much_for_many_visits_as_for_few(
    settled: Statement, service: Service, client_card: Client, as_owner: Browser, path: str
) -> None:
    attend(service, at("2026-11-25 10:00"), client_card)
    url = DESK + path.format(person=settled.professional_id, statement=settled.pk)
    as_owner.get(url)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            as_owner.get(url)
        return len(seen)

    before = asked()
    for hour in (12, 16, 17):
        attend(service, at(f"2026-11-25 {hour}:00"), client_card)
    assert asked() == before
