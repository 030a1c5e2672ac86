"""Couple or family: asked, agreed, allowed, and left in silence, on the person's own pages."""

from __future__ import annotations

from html import escape

import pytest
from django.test import Client
from tests import factories
from tests.people.families import household_with
from tests.web.client.conftest import NOW, browser_of, card_of

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.notify.models import AccountMail
from clientela.people.household_links import token_of
from clientela.people.models import Client as Card, HouseholdInvitation, HouseholdMember
from clientela.people.queries.households import FLAG, lent_to
from clientela.platform.tenancy import system_scope
from clientela.platform.worker import hear_due_events

PAGE = "/client/household/"


@pytest.fixture
def luis(other: Account) -> Account:
    """Otto, whom Ana lives with."""
    return other


def invitation() -> HouseholdInvitation:
    return HouseholdInvitation.objects.latest("asked_at", "id")


def link() -> str:
    return f"{PAGE}invitation/{token_of(invitation())}/"


def member(card: Card) -> HouseholdMember:
    with system_scope("the test looks"):
        return HouseholdMember.objects.get(client=card, until__isnull=True)


@pytest.mark.req("S0.13", "S0.14", "S0.15", "L4")
def test_a_couple_finds_each_other_and_each_says_what_the_other_may_do(
    signed_in: Client, ana: Account, luis: Account, business: Business, card: Card
) -> None:
    theirs = card_of(business, luis, name="Canary Otto")
    answer = signed_in.post(f"{PAGE}ask", {"email": luis.email}, follow=True).text
    assert f"We have written to {luis.email}. Nothing changes before they agree." in answer
    assert "Asked, not answered yet" in answer
    otto = browser_of(luis)
    page = otto.get(link()).text
    assert ana.email in page
    assert " checked" not in page, "nothing is allowed by itself"
    done = otto.post(link(), {"say": "yes", "lets_see": "on"}).text
    assert "You belong together now" in done
    mine = signed_in.get(PAGE).text
    assert "Otto Canary" in mine, "by the name he gives himself"
    assert "Canary Otto" not in mine, "and not as the business spells it"
    assert "see their appointments" in mine
    assert ">book for them" not in mine
    signed_in.post(f"{PAGE}permissions", {"card": card.pk, "lets_pay": "on"})
    assert (member(card).lets_pay, member(card).lets_see) == (True, False)
    assert [what for what in FLAG if lent_to(account_id=luis.pk, what=what)] == ["pay"]
    signed_in.post(f"{PAGE}permissions", {"card": card.pk})
    assert not any(lent_to(account_id=luis.pk, what=what) for what in FLAG)
    left = otto.post(f"{PAGE}leave", {"card": theirs.pk}, follow=True).text
    assert "You have left. Everything that is yours stays yours." in left
    assert "Otto Canary" not in signed_in.get(PAGE).text


@pytest.mark.req("L4")
def test_using_ones_sessions_is_a_word_of_its_own_for_oneself_and_for_a_child(
    signed_in: Client, ana: Account, luis: Account, business: Business, card: Card
) -> None:
    theirs = card_of(business, luis)
    household_with(business, card, theirs)
    signed_in.post(f"{PAGE}child", {"at": card.pk, "name": "Leo Prueba"})
    page = signed_in.get(PAGE).text
    for said in ("Use my sessions", "My balance stays mine to see.", "Use its sessions"):
        assert said in page
    assert "use their sessions" not in browser_of(luis).get(PAGE).text
    signed_in.post(f"{PAGE}permissions", {"card": card.pk, "shares_credits": "on"})
    row = member(card)
    assert (row.shares_credits, row.lets_book, row.lets_see, row.lets_pay) == (True, *[False] * 3)
    assert [what for what in FLAG if lent_to(account_id=luis.pk, what=what)] == ["credits"]
    assert "use their sessions" in browser_of(luis).get(PAGE).text
    with system_scope("the test looks"):
        leo = Card.objects.get(record_name="Leo Prueba")
    assert not member(leo).shares_credits
    signed_in.post(f"{PAGE}permissions", {"card": leo.pk, "shares_credits": "on"})
    assert member(leo).shares_credits
    signed_in.post(f"{PAGE}permissions", {"card": card.pk})
    assert not member(card).shares_credits
    assert browser_of(luis).get(PAGE).text.count("use their sessions") == 1, "the child's"


def test_the_mails_say_who_asks_and_that_it_was_agreed_and_never_that_somebody_left(
    signed_in: Client, ana: Account, luis: Account, business: Business, card: Card
) -> None:
    theirs = card_of(business, luis)
    signed_in.post(f"{PAGE}ask", {"email": luis.email})
    hear_due_events(NOW)
    browser_of(luis).post(link(), {"say": "yes"})
    hear_due_events(NOW)
    told = list(AccountMail.objects.order_by("created_at", "id").values_list("kind", "address"))
    assert told[0] == ("household_asked", luis.email)
    assert sorted(told[1:]) == [("household_formed", ana.email), ("household_formed", luis.email)]
    browser_of(luis).post(f"{PAGE}leave", {"card": theirs.pk})
    hear_due_events(NOW)
    assert AccountMail.objects.count() == 3


def test_the_page_answers_alike_whoever_reads_the_address(
    signed_in: Client, luis: Account, card: Card
) -> None:
    first = signed_in.post(f"{PAGE}ask", {"email": luis.email}, follow=True).text
    signed_in.post(f"{PAGE}withdraw", {"invitation": invitation().pk})
    second = signed_in.post(f"{PAGE}ask", {"email": "tom@example.org"}, follow=True).text
    first, second = (
        text.replace("<wbr>", "").replace(mail, "…").split("<h1")[1].split("csrf")[0]
        for text, mail in ((first, luis.email), (second, "tom@example.org"))
    )
    assert first == second


@pytest.mark.req("S0.14")
def test_the_link_in_other_hands_opens_nothing(
    signed_in: Client, ana: Account, luis: Account, business: Business, card: Card
) -> None:
    card_of(business, luis)
    signed_in.post(f"{PAGE}ask", {"email": luis.email})
    guest = Client(headers={"accept-language": "en"})
    assert "To agree, sign in with the account of" in guest.get(link()).text
    assert guest.post(link(), {"say": "yes"}).headers["Location"].startswith("/client/login")
    own = signed_in.post(link(), {"say": "yes"})
    assert own.status_code == 409
    assert "This address is yours already" in own.text
    stranger = browser_of(factories.make_account("eva@example.com", "Eva"))
    refused = stranger.post(link(), {"say": "yes", "lets_see": "on"})
    assert refused.status_code == 409
    assert "mailed to another address than yours" in refused.text
    with system_scope("the test looks"):
        assert not HouseholdMember.objects.exists()
    where = link()
    assert "That is ended" in guest.post(where, {"say": "no"}).text
    assert guest.get(where).status_code == 404


def test_a_child_is_added_spoken_for_and_taken_off(
    signed_in: Client, luis: Account, business: Business, card: Card
) -> None:
    wrong = signed_in.post(f"{PAGE}child", {"at": card.pk, "name": " "})
    assert wrong.status_code == 422
    assert "Write your name." in wrong.text or "Write the name." in wrong.text
    added = signed_in.post(
        f"{PAGE}child", {"at": card.pk, "name": "Leo Prueba", "birthday": "2019-05-06"}, follow=True
    ).text
    assert "Leo Prueba is there." in added
    assert "You answer for this child" in added
    with system_scope("the test looks"):
        leo = Card.objects.get(record_name="Leo Prueba")
    signed_in.post(f"{PAGE}permissions", {"card": leo.pk, "lets_book": "on"})
    assert member(leo).lets_book
    foreign = browser_of(luis)
    for act in ("permissions", "leave"):
        for key in (leo.pk, card.pk, luis.pk, "x"):
            answer = foreign.post(f"{PAGE}{act}", {"card": key})
            assert answer.status_code == 422
            assert "That card belongs to no household of yours any more." in answer.text
    assert member(leo).lets_book
    gone = signed_in.post(f"{PAGE}leave", {"card": leo.pk}, follow=True).text
    assert "The child belongs to your household no more." in gone
    assert escape("Leo Prueba") not in gone


def test_nobody_takes_back_anothers_invitation(
    signed_in: Client, luis: Account, card: Card
) -> None:
    signed_in.post(f"{PAGE}ask", {"email": "tom@example.org"})
    asked = invitation()
    answer = browser_of(luis).post(f"{PAGE}withdraw", {"invitation": asked.pk})
    asked.refresh_from_db()
    assert (answer.status_code, asked.withdrawn_at) == (422, None)
