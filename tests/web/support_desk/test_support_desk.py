"""The support's desk: who waits for whom, what a request needs and no more, and no button for a client's word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.accounts.people import proved
from tests.cast import Person
from tests.factories import NOW, SYSTEM, at
from tests.support.hearing import hear

from clientela.accounts.actions.ask_join import ask_join
from clientela.accounts.models import Account
from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.models import Appointment, Channel
from clientela.booking.queries.explain_marker import explain_marker
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent
from clientela.rules.attribution import MarkerPolicy, Newness
from clientela.rules.reclassification import Ground
from clientela.support.actions.ask_reclassify import ask_reclassify
from clientela.support.actions.open_thread import open_thread
from clientela.support.actions.write_line import write_line
from clientela.support.models import Line, Request, Thread

pytestmark = pytest.mark.django_db
HOME = "/support/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _three_hours_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=3))


@pytest.fixture
def agent(db: None) -> Account:
    account = factories.make_account("sofia@support.example", "Sofia Soporte")
    account.is_support = True
    account.save()
    return account


@pytest.fixture
def browser(agent: Account) -> Browser:
    sofia = Browser(headers={"accept-language": "en"})
    sofia.force_login(agent, backend=BACKEND)
    return sofia


@pytest.fixture
def waiting_for_client() -> Request:
    """Ana says that a second account is hers; three hours ago nobody had confirmed it."""
    ana = proved()
    ask_join(
        account=ana, email="secret@elsewhere.example", session_digest="x",
        by=Actor.client(ana.pk), now=NOW,
    )  # fmt: skip
    hear(NOW)
    return Request.objects.get(kind="same-person")


@pytest.fixture
def other_channel(
    business: Business, service: Service, client_card: Client, scope: None
) -> Appointment:
    """The second of two visits: it came by another channel, so it counts as new."""
    choose_marker_policy(business=business, policy=MarkerPolicy.CHANNEL_STRICT, by=SYSTEM, now=NOW)
    first, second = at("2026-11-23 10:00"), at("2026-11-24 10:00")
    factories.book(service, first, client=client_card, by=SYSTEM, channel=Channel.STAFF)
    return factories.book(
        service, second, client=client_card, by=SYSTEM, channel=Channel.WEB
    ).appointment


@pytest.fixture
def for_support(other_channel: Appointment, professional_member: Person) -> Request:
    return ask_reclassify(
        appointment=other_channel, to=Newness.RETURNING, ground=Ground.OTHER_CHANNEL,
        text="We had <b>written</b> before", by=professional_member.actor, now=NOW,
    )  # fmt: skip


@pytest.fixture
def thread() -> Thread:
    ben = proved("ben@example.com")
    found = open_thread(account=ben, language="es", now=NOW)
    write_line(thread=found, body="Tengo dos cuentas <b>", key="k", now=NOW)
    return found


@pytest.mark.req("S0.20")
def test_only_support_agents_and_the_operator_come_in(
    client: Browser, agent: Account, browser: Browser, thread: Thread
) -> None:
    assert client.get(HOME).status_code == 302
    for role, status in (({}, 404), ({"is_operator": True}, 200)):
        account = factories.make_account(f"{len(role)}@example.com", "X")
        Account.objects.filter(pk=account.pk).update(**role)
        client.force_login(account, backend=BACKEND)
        for page in (HOME, f"{HOME}threads/", f"{HOME}threads/{thread.pk}/"):
            assert client.get(page).status_code == status
    assert browser.get(HOME).status_code == 200
    Account.objects.filter(pk=agent.pk).update(is_support=False)
    assert browser.get(HOME).status_code == 404


@pytest.mark.req("S0.16", "S0.14")
def test_what_waits_for_the_client_shows_since_when_and_no_address_and_no_button(
    waiting_for_client: Request, browser: Browser
) -> None:
    queue = browser.get(f"{HOME}?who=client").text
    page = browser.get(f"{HOME}requests/{waiting_for_client.pk}/")
    for shown in (queue, page.text):
        assert "Waiting for the client" in shown
        assert "3 h" in shown
        assert "@" not in shown
        assert "Ana" not in shown
    assert b"/decide/" not in page.content
    assert "Nothing waits" in browser.get(f"{HOME}?who=support").text
    forced = browser.post(f"{HOME}requests/{waiting_for_client.pk}/decide/", {"choice": "grant"})
    assert forced.status_code == 409
    assert "nobody can do it for them" in forced.text
    waiting_for_client.refresh_from_db()
    assert waiting_for_client.state == "waiting-for-client"


@pytest.mark.req("S0.11", "S0.20")
def test_a_specialists_request_shows_the_booking_and_nobodys_name_and_is_granted(
    for_support: Request, other_channel: Appointment, client_card: Client, browser: Browser
) -> None:
    url = f"{HOME}requests/{for_support.pk}/"
    page = browser.get(url).text
    assert "Waiting for the support" in page
    for told in (other_channel.service.name, other_channel.professional.name, "24 November 2026"):
        assert told in page
    assert "We had &lt;b&gt;written&lt;/b&gt; before" in page
    assert client_card.record_name not in page
    assert "@" not in page
    browser.post(f"{url}decide/", {"choice": "grant"})
    shown = browser.get(url).text
    assert "The marker was corrected" in shown
    explained = explain_marker(other_channel)
    assert explained is not None
    assert explained.row.value == "returning"
    assert browser.post(f"{url}decide/", {"choice": "grant"}).status_code == 409
    assert AuditEvent.objects.filter(action="request-ended", actor_role="support").count() == 1
    assert "Done" in browser.get(f"{HOME}?who=ended&kind=reclassify").text


def test_the_support_leaves_a_marker_as_it_is(
    for_support: Request, other_channel: Appointment, browser: Browser
) -> None:
    browser.post(f"{HOME}requests/{for_support.pk}/decide/", {"choice": "leave"})
    for_support.refresh_from_db()
    assert for_support.state == "declined"
    explained = explain_marker(other_channel)
    assert explained is not None
    assert explained.row.value == "new"


@pytest.mark.req("S0.8")
def test_a_conversation_is_read_answered_once_and_put_aside(
    thread: Thread, browser: Browser
) -> None:
    assert "ben@example.com" not in browser.get(f"{HOME}threads/").text
    url = f"{HOME}threads/{thread.pk}/"
    page = browser.get(url)
    assert "Tengo dos cuentas &lt;b&gt;" in page.text
    assert "ben@example.com" not in page.text
    assert Thread.objects.get().unread == 1  # asking for a page changes nothing
    browser.post(f"{url}read/", {"seen": "1"})
    assert Thread.objects.get().unread == 0
    assert browser.post(f"{url}answer/", {"body": " ", "key": "a"}).status_code == 422
    for _ in range(2):
        browser.post(f"{url}answer/", {"body": "Claro", "key": "a"})
    assert list(Line.objects.values_list("body", flat=True)) == ["Tengo dos cuentas <b>", "Claro"]
    browser.post(f"{url}aside/")
    assert "Nobody has written yet" in browser.get(f"{HOME}threads/").text
    assert "You: Claro" in browser.get(f"{HOME}threads/?box=aside").text


@pytest.mark.req("S0.7", "S0.14")
def test_a_page_of_theirs_is_sent_and_nothing_begun_for_them(
    thread: Thread, browser: Browser
) -> None:
    page = browser.get(f"{HOME}threads/{thread.pk}/?send=two-accounts").text
    assert "Aquí puedes decir que las dos cuentas son tuyas: " in page
    assert "/client/two-accounts" in page
    assert not Request.objects.exists()
    other = browser.get(f"{HOME}threads/{thread.pk}/?send=javascript:x")
    assert other.context["typed"] == ""


def test_long_conversations_come_in_pages(thread: Thread, browser: Browser) -> None:
    rows = [
        Line(
            thread=thread, side="person", body=f"line {number}.", at=NOW + timedelta(minutes=number)
        )
        for number in range(1, 100)
    ]
    Line.objects.bulk_create(rows)
    page = browser.get(f"{HOME}threads/{thread.pk}/")
    assert "line 99." in page.text
    assert "line 39." not in page.text
    earlier = browser.get(f"{HOME}threads/{thread.pk}/?before={rows[39].pk}").text
    assert "line 39." in earlier
    assert "line 40." not in earlier


def test_the_pages_do_not_ask_more_the_more_there_is(
    browser: Browser, waiting_for_client: Request, thread: Thread
) -> None:
    def asked(page: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked_of:
            assert browser.get(page).status_code == 200
        return len(asked_of)

    pages = (HOME, f"{HOME}threads/", f"{HOME}threads/{thread.pk}/")
    before = [asked(page) for page in pages]
    waits = {"state": "waiting-for-client", "asked_as": "client", "kind": "household"}
    Request.objects.bulk_create(
        [Request(asked_at=NOW, since=NOW, account=thread.account, **waits) for _ in range(40)]
    )
    for number in range(30):
        other = open_thread(secret=f"{number:032}", language="es", now=NOW)
        write_line(thread=other, body="Hola", key="k", now=NOW)
    assert [asked(page) for page in pages] == before
    assert max(before) <= 12
    assert "?page=2" in browser.get(HOME).text


@pytest.mark.parametrize("language", ["es", "it"])
def test_it_speaks_the_readers_language(
    language: str, agent: Account, for_support: Request
) -> None:
    sofia = Browser(headers={"accept-language": language})
    sofia.force_login(agent, backend=BACKEND)
    page = sofia.get(f"{HOME}requests/{for_support.pk}/").text
    said = {"es": "A la espera del soporte", "it": "In attesa dell’assistenza"}[language]
    assert said in page
    assert "What is asked" not in page
