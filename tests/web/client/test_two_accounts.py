"""I have two accounts: said by the person, proved by both mailboxes, and answered alike whoever has the other address."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests import factories
from tests.web.checksum import checksum
from tests.web.client.conftest import browser_of, card_of, with_address

from clientela.accounts.join_codes import OTHER, OWN, join_code
from clientela.accounts.models import Account, AccountJoin
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.business.models import Business
from clientela.people.models import Client as Card
from clientela.people.queries.resolve import resolve
from clientela.platform import links
from clientela.platform.tenancy import system_scope

PAGE, ASK, CONFIRM = (
    "/client/two-accounts",
    "/client/two-accounts/ask",
    "/client/two-accounts/confirm",
)
OLD = "ana.old@example.com"


@pytest.fixture
def old(db: None) -> Account:
    """Ana's first account, which she forgot."""
    return with_address(factories.make_account(OLD, "Ana P."))


def asked(browser: Client, email: str = OLD) -> AccountJoin:
    browser.post(ASK, {"email": email})
    return AccountJoin.objects.latest("asked_at", "id")


def own(join: AccountJoin) -> dict[str, str]:
    return {"code": join_code(purpose=OWN, nonce=join.own_nonce)}


def other(join: AccountJoin) -> dict[str, str]:
    return {"code": join_code(purpose=OTHER, nonce=join.other_nonce)}


def link(kind: str, join: AccountJoin) -> str:
    nonce = {"refuse": join.refuse_nonce, "undo": join.undo_nonce}[kind]
    return f"{PAGE}/{kind}/{links.derive(purpose=f'join-{kind}', nonce=nonce)}"


@pytest.mark.req("S0.7", "S0.14")
def test_both_codes_make_one_account_of_two(
    signed_in: Client, ana: Account, old: Account, business: Business, card: Card
) -> None:
    there = card_of(business, old, name="Ana Old")
    join = asked(signed_in)
    signed_in.post(CONFIRM, other(join))
    assert account_by_email(OLD) == old
    waiting = signed_in.get(PAGE).text
    assert "Confirmed" in waiting
    assert "The other code" in waiting
    done = signed_in.post(CONFIRM, own(join), follow=True)
    assert f"Your two accounts are one. What you book with {OLD} lands here" in done.text
    assert account_by_email(OLD) == ana
    with system_scope("the test looks"):
        assert resolve(there.pk) == card.pk


@pytest.mark.req("S0.14", "MRG-04")
def test_the_session_of_the_other_account_gains_nothing_before_the_second_code(
    signed_in: Client, old: Account, business: Business
) -> None:
    there = card_of(business, old, name="Canary Old")
    join = asked(signed_in)
    signed_in.post(CONFIRM, own(join))
    for path in ("/client/", "/client/profile", "/client/addresses", PAGE):
        page = signed_in.get(path, follow=True).text
        assert "Canary Old" not in page
        assert str(there.pk) not in page
    with system_scope("the test looks"):
        there.refresh_from_db()
    assert there.account == old


def test_the_page_answers_alike_whoever_has_the_other_address(
    signed_in: Client, old: Account
) -> None:
    def answer(email: str) -> tuple[int, str]:
        first = signed_in.post(ASK, {"email": email})
        page = signed_in.get(PAGE).text
        return first.status_code, re.sub(
            r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(email, "IT")
        )

    assert answer(OLD) == answer("nobody.here@example.com")


def test_a_wrong_code_is_said_beside_the_field_and_nothing_typed_is_lost(
    signed_in: Client, old: Account
) -> None:
    asked(signed_in)
    page = signed_in.post(CONFIRM, {"code": "ABCD-EFGH"})
    assert page.status_code == 422
    assert "This is neither of the two codes" in page.text
    assert 'value="ABCD-EFGH"' in page.text


def test_another_browser_of_the_same_person_sees_no_codes_awaited(
    signed_in: Client, ana: Account, old: Account
) -> None:
    join = asked(signed_in)
    elsewhere = browser_of(ana)
    assert "Two codes, from two mailboxes" not in elsewhere.get(PAGE).text
    page = elsewhere.post(CONFIRM, own(join), follow=True)
    assert "The time for these codes is over" in page.text


def test_the_other_mailbox_ends_it_by_a_press_and_not_by_looking(
    signed_in: Client, old: Account
) -> None:
    join = asked(signed_in)
    reader = Client(headers={"accept-language": "en"})
    before = checksum()
    assert "Somebody who signs in as ana@example.com" in reader.get(link("refuse", join)).text
    assert checksum() == before
    assert "That is ended" in reader.post(link("refuse", join)).text
    assert reader.get(link("refuse", join)).status_code == 404
    assert "The time for these codes is over" in (
        signed_in.post(CONFIRM, own(join), follow=True).text
    )


@pytest.mark.req("S0.14")
def test_either_mailbox_parts_them_again_by_a_press(
    signed_in: Client, ana: Account, old: Account, business: Business, card: Card
) -> None:
    there = card_of(business, old, name="Ana Old")
    join = asked(signed_in)
    for code in (own(join), other(join)):
        signed_in.post(CONFIRM, code)
    reader = Client(headers={"accept-language": "en"})
    before = checksum()
    assert "Part the accounts again?" in reader.get(link("undo", join)).text
    assert checksum() == before
    assert "There are two accounts again" in reader.post(link("undo", join)).text
    with system_scope("the test looks"):
        there.refresh_from_db()
        card.refresh_from_db()
    assert (there.account, card.account) == (old, ana)
    assert signed_in.get("/client/").status_code == 302  # everybody was signed out


def test_who_signed_in_long_ago_is_asked_again_and_loses_nothing(ana: Account) -> None:
    browser = Client()
    browser.force_login(ana)
    away = browser.post(ASK, {"email": OLD})
    assert away.status_code == 302
    assert "two-accounts" in away["Location"]
    assert not AccountJoin.objects.exists()
