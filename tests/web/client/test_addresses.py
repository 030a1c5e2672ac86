"""My addresses: nothing changes before the new mailbox has proved it, and the old one can undo it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from tests import factories
from tests.web.checksum import checksum
from tests.web.client.conftest import NOW, browser_of

from clientela.accounts.models import Account, AddressChange
from clientela.people.models import Client as Card, Identifier, IdentifierKind
from clientela.platform import links
from clientela.platform.tenancy import system_scope

PAGE, ADD = "/client/addresses", "/client/addresses/add"
NEW = "ana.nueva@example.com"


def ask(browser: Client, *, primary: bool = True) -> AddressChange:
    browser.post(ADD, {"email": NEW, "makes_primary": "on" if primary else ""})
    return AddressChange.objects.get()


def proof_path(change: AddressChange) -> str:
    return f"/client/address/{links.derive(purpose='address-proof', nonce=change.proof_nonce)}"


def undo_path(change: AddressChange) -> str:
    return f"/client/address/undo/{links.derive(purpose='address-undo', nonce=change.undo_nonce)}"


def mail_of(card: Card) -> list[str]:
    with system_scope("tests read what was kept"):
        rows = Identifier.objects.filter(
            client=card, kind=IdentifierKind.EMAIL, for_notifications=True
        )
        return sorted(rows.values_list("value", flat=True))


@pytest.mark.req("S2.19", "ACC-01")
def test_a_new_address_waits_for_its_mailbox_and_then_reaches_the_cards(
    signed_in: Client, ana: Account, card: Card
) -> None:
    change = ask(signed_in)
    ana.refresh_from_db()
    assert ana.email == "ana@example.com"
    assert "Becomes your log-in once you open the link in our email." in signed_in.get(PAGE).text
    stranger = Client(headers={"accept-language": "en"})
    before = checksum()
    assert "Is this your address?" in stranger.get(proof_path(change)).text
    assert checksum() == before
    assert mail_of(card) == ["ana@example.com"]
    assert "This address is yours now" in stranger.post(proof_path(change)).text
    ana.refresh_from_db()
    assert ana.email == NEW
    assert mail_of(card) == [NEW]
    assert stranger.get(proof_path(change)).status_code == 404


@pytest.mark.req("ACC-01")
def test_the_old_mailbox_can_take_it_back_for_72_hours(
    signed_in: Client, ana: Account, card: Card
) -> None:
    change = ask(signed_in)
    Client().post(proof_path(change))
    old = Client(headers={"accept-language": "en"})
    with time_machine.travel(NOW + timedelta(hours=71, minutes=59), tick=False):
        assert "This was not you?" in old.get(undo_path(change)).text
        assert "The account is yours again" in old.post(undo_path(change)).text
    ana.refresh_from_db()
    assert ana.email == "ana@example.com"
    assert mail_of(card) == ["ana@example.com"]
    assert signed_in.get("/client/").status_code == 302  # everybody was signed out
    assert old.get(undo_path(change)).status_code == 404


def test_after_72_hours_the_link_is_closed(signed_in: Client, card: Card) -> None:
    change = ask(signed_in)
    Client().post(proof_path(change))
    with time_machine.travel(NOW + timedelta(hours=72), tick=False):
        assert Client().get(undo_path(change)).status_code == 404
        assert Client().post(undo_path(change)).status_code == 404


@pytest.mark.req("AUT-04")
def test_links_open_no_other_door(signed_in: Client, card: Card) -> None:
    change = ask(signed_in)
    proof, undo = proof_path(change), undo_path(change)
    swapped = [
        proof.replace("/address/", "/address/undo/"),
        undo.replace("/undo/", "/"),
        proof[:-1],
        proof.swapcase().replace("/CLIENT/ADDRESS/", "/client/address/"),
    ]
    answers = [Client().post(one) for one in swapped]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.text for answer in answers}) == 1


def test_an_address_can_be_added_without_becoming_the_log_in(
    signed_in: Client, ana: Account, card: Card
) -> None:
    change = ask(signed_in, primary=False)
    Client().post(proof_path(change))
    ana.refresh_from_db()
    assert ana.email == "ana@example.com"
    text = signed_in.get(PAGE).text
    assert f"Remove {NEW}" in text
    said = signed_in.post(f"{PAGE}/primary", {"email": NEW}, follow=True).text
    assert f"You sign in with {NEW} from now on." in said
    ana.refresh_from_db()
    assert ana.email == NEW


def test_the_log_in_address_is_not_removed(signed_in: Client, card: Card) -> None:
    answer = signed_in.post(f"{PAGE}/remove", {"email": "ana@example.com"})
    assert answer.status_code == 422
    assert "You sign in with this address." in answer.text


def test_another_address_is_removed(signed_in: Client, ana: Account, card: Card) -> None:
    EmailAddress.objects.create(user=ana, email="old@example.com", verified=True)
    said = signed_in.post(f"{PAGE}/remove", {"email": "old@example.com"}, follow=True).text
    assert "old@example.com is removed." in said
    assert not EmailAddress.objects.filter(email="old@example.com").exists()


@pytest.mark.req("AUT-02")
def test_a_known_and_an_unknown_address_are_answered_alike(
    signed_in: Client, card: Card, other: Account
) -> None:
    def said(email: str) -> str:
        answer = signed_in.post(ADD, {"email": email}, follow=True)
        return answer.text.replace(email, "X").partition("<main")[2].partition("Another address")[0]

    known, unknown = said(other.email), said("no-one@example.org")
    assert unknown.startswith(known[:200])
    assert "We have written to" in signed_in.post(ADD, {"email": other.email}, follow=True).text


@pytest.mark.req("ACC-01")
@pytest.mark.parametrize(
    ("password", "asks"),
    [("a long enough password", "/client/login/again"), (None, "/client/login/again/email")],
)
@pytest.mark.parametrize("act", ["add", "primary", "remove"])
def test_a_session_alone_changes_no_address(
    ana: Account, card: Card, act: str, password: str | None, asks: str
) -> None:
    """Whoever has no password proves the mailbox again."""
    ana.set_password(password)
    ana.save()
    stolen = Client()
    stolen.force_login(ana)
    before = AddressChange.objects.count()
    answer = stolen.post(f"{PAGE}/{act}", {"email": NEW})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{asks}?next=")
    assert AddressChange.objects.count() == before


def test_what_was_typed_comes_back_after_proving_who_it_is(ana: Account, card: Card) -> None:
    assert f'value="{NEW}"' in browser_of(ana).get(PAGE, {"email": NEW}).text


def test_nonsense_is_said_beside_nothing_changed(signed_in: Client, card: Card) -> None:
    answer = signed_in.post(ADD, {"email": "not an address"})
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text
    assert factories.NOW
