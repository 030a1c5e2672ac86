"""The first visit asks which messages; the answer can be changed at any time, here and by the link in each message."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.web.checksum import checksum
from tests.web.client.conftest import browser_of, card_of

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.notify.stop_link import stop_token
from clientela.people.models import Client as Card, Consent, How, NotifyBy
from clientela.platform.tenancy import system_scope

ACTIVATE, MESSAGES = "/client/activate", "/client/messages"


@pytest.fixture
def waiting(business: Business, ana: Account) -> Card:
    """Her card at Fisio Retiro, before her first visit."""
    return card_of(business, ana, active=False)


def consents(card: Card) -> list[tuple[str, str]]:
    with system_scope("tests read what was kept"):
        rows = Consent.objects.filter(client=card).order_by("at", "id")
        return [(row.how, row.notify_by) for row in rows]


def fresh(card: Card) -> Card:
    with system_scope("tests read what was kept"):
        return Card.objects.get(pk=card.pk)


@pytest.mark.req("S1.45", "S1.46")
@pytest.mark.parametrize(
    "page", ["/client/", MESSAGES, "/client/profile", "/client/addresses", "/client/calendar"]
)
def test_before_everything_else_the_first_visit_asks(
    signed_in: Client, waiting: Card, page: str
) -> None:
    answer = signed_in.get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{ACTIVATE}?next={page}"


@pytest.mark.req("S1.46")
def test_it_says_who_asks_and_chooses_nothing_beforehand(signed_in: Client, waiting: Card) -> None:
    text = signed_in.get(ACTIVATE).text
    assert "Fisio Retiro" in text
    assert text.count('type="radio"') == 2, "nobody sends texts here"
    assert "checked" not in text
    assert "You can change it at any time" in text


@pytest.mark.req("S1.44", "S1.45", "S1.46")
def test_the_answer_activates_and_is_kept_as_consent(signed_in: Client, waiting: Card) -> None:
    answer = signed_in.post(ACTIVATE, {"notify_by": "none", "next": "/client/calendar"})
    assert answer.headers["Location"] == "/client/calendar"
    assert fresh(waiting).activated_at is not None
    assert fresh(waiting).notify_by == NotifyBy.NONE
    assert consents(waiting) == [(How.ACTIVATION, NotifyBy.NONE)]
    assert signed_in.get("/client/").status_code == 200


def test_without_an_answer_nothing_is_activated(signed_in: Client, waiting: Card) -> None:
    answer = signed_in.post(ACTIVATE, {})
    assert answer.status_code == 422
    assert "Choose one of them." in answer.text
    assert fresh(waiting).activated_at is None
    assert consents(waiting) == []


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "client:home", "a"]
)
def test_the_way_onward_never_leaves_the_house(signed_in: Client, waiting: Card, away: str) -> None:
    answer = signed_in.post(ACTIVATE, {"notify_by": "email", "next": away})
    assert answer.headers["Location"] == "/client/"


def test_who_has_answered_goes_on_at_once(signed_in: Client, card: Card) -> None:
    answer = signed_in.get(ACTIVATE, {"next": MESSAGES})
    assert answer.headers["Location"] == MESSAGES


@pytest.mark.req("S1.47")
def test_each_business_has_its_own_answer_that_can_be_changed(
    signed_in: Client, card: Card, ana: Account, next_door: Business
) -> None:
    theirs = card_of(next_door, ana)
    text = signed_in.get(MESSAGES).text
    assert text.count('name="notify_by"') == 4
    answer = signed_in.post(MESSAGES, {"card": str(card.pk), "notify_by": "none"}, follow=True)
    assert "Kept for Fisio Retiro." in answer.text
    assert fresh(card).notify_by == NotifyBy.NONE
    assert fresh(theirs).notify_by == NotifyBy.EMAIL
    assert consents(card)[-1] == (How.PREFERENCES, NotifyBy.NONE)


def test_nobody_answers_for_somebody_else(
    signed_in: Client, card: Card, other: Account, next_door: Business
) -> None:
    theirs = card_of(next_door, other)
    answer = signed_in.post(MESSAGES, {"card": str(theirs.pk), "notify_by": "none"})
    assert answer.status_code == 404
    assert fresh(theirs).notify_by == NotifyBy.EMAIL
    assert signed_in.post(MESSAGES, {"card": "x", "notify_by": "none"}).status_code == 404


def test_a_word_that_is_no_answer_changes_nothing(signed_in: Client, card: Card) -> None:
    answer = signed_in.post(MESSAGES, {"card": str(card.pk), "notify_by": "pigeon"})
    assert answer.status_code == 422
    assert fresh(card).notify_by == NotifyBy.EMAIL


# --- the link at the foot of every message -----------------------------------------------------


def stop_path(card: Card) -> str:
    return f"/fisio-retiro/messages/{stop_token(card)}/"


@pytest.mark.req("S1.47", "AUT-10")
def test_opening_the_link_changes_nothing(card: Card) -> None:
    before = checksum()
    answer = Client(headers={"accept-language": "en"}).get(stop_path(card))
    assert "Which messages from Fisio Retiro?" in answer.text
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Ana" not in answer.text
    assert checksum() == before


@pytest.mark.req("S1.47")
def test_the_link_stops_messages_without_signing_in(card: Card) -> None:
    stranger = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    answer = stranger.post(stop_path(card), {"notify_by": "none"})
    assert "Fisio Retiro sends you nothing more about appointments." in answer.text
    assert fresh(card).notify_by == NotifyBy.NONE
    assert consents(card) == [(How.STOP_LINK, NotifyBy.NONE)]


@pytest.mark.req("S1.47")
def test_one_click_of_a_mail_program_stops_them_all(card: Card) -> None:
    program = Client(enforce_csrf_checks=True)
    sent = {"List-Unsubscribe": "One-Click"}
    assert program.post(stop_path(card), sent).status_code == 200
    assert program.post(stop_path(card), sent).status_code == 200
    assert fresh(card).notify_by == NotifyBy.NONE
    assert consents(card) == [(How.STOP_LINK, NotifyBy.NONE)]


def test_an_unknown_a_cut_and_a_foreign_link_look_the_same(card: Card, next_door: Business) -> None:
    path = stop_path(card)
    wrong = [
        path.replace(stop_token(card), "x" * 49),
        path[:-2] + "/",
        path.replace("fisio-retiro", next_door.slug),
    ]
    answers = [Client().post(one, {"notify_by": "none"}) for one in wrong]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.text for answer in answers}) == 1
    assert fresh(card).notify_by == NotifyBy.EMAIL


def test_an_empty_answer_is_asked_again(card: Card) -> None:
    assert Client().post(stop_path(card), {}).status_code == 422
    assert fresh(card).notify_by == NotifyBy.EMAIL


def test_the_control_a_browser_of_somebody_else_is_not_mixed_in(card: Card, other: Account) -> None:
    """Who is signed in does not matter: the link names the card."""
    browser_of(other).post(stop_path(card), {"notify_by": "none"})
    assert fresh(card).notify_by == NotifyBy.NONE
    assert factories.NOW
