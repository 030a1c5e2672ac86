"""A mail scanner opens every link of every mail, twice and by HEAD as well: nothing happens (AUT-10)."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client as Browser
from tests.factories import NOW, SYSTEM, make_account
from tests.security.town import Town
from tests.security.watching import writes_seen
from tests.web.checksum import checksum

from clientela.accounts.actions.ask_address_change import PROOF, ask_address_change
from clientela.accounts.actions.prove_address_change import prove_address_change
from clientela.accounts.actions.remind_unproved import remind_unproved
from clientela.accounts.actions.start_proof_clock import start_proof_clock
from clientela.notify.models import SimulatedMail
from clientela.people.actions.register_client import register_client
from clientela.people.actions.send_welcome import send_welcome
from clientela.platform import links
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope, system_scope
from clientela.platform.worker import run_once

pytestmark = pytest.mark.django_db
# The visitor's own session and the counts of how often a network asks: nobody's facts.
BOOKKEEPING = {"django_session", "platform_cache", "platform_throttlecount"}
_LINK = re.compile(r"https?://[^\s\"'<>)]+")
# What of our doors must be among the links, or this proves nothing.
DOORS = (
    "/a/",
    "/messages/",
    "/client/create-account?booking=",
    "/client/verify/",
    "/client/address/",
    "/client/address/undo/",
    "/welcome/",
    "/client/password/forgotten",
    "/invitation/",
)


def _provoke(town: Town) -> None:
    """Make the installation write one of each mail that has a link."""
    business = town.ours.business
    Browser().post("/client/password/forgotten", {"email": _reader("reads@example.net")})
    with system_scope("a test"), business_scope(business.pk):
        card = register_client(
            business=business, name="Card", emails=["card@example.net"], by=SYSTEM, now=NOW
        )
        send_welcome(client=card, by=SYSTEM, now=NOW)
    unproved = make_account("unproved@example.net", "Nobody")
    EmailAddress.objects.create(user=unproved, email=unproved.email, verified=False, primary=True)
    start_proof_clock(account=unproved, now=NOW - timedelta(days=2))
    remind_unproved(now=NOW)
    for is_proved in (False, True):
        _change_address(f"mover{int(is_proved)}@example.net", is_proved=is_proved)


def _reader(email: str) -> str:
    account = make_account(email, "Reader")
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return email


def _change_address(email: str, *, is_proved: bool) -> None:
    account = EmailAddress.objects.get(email=_reader(email)).user
    change = ask_address_change(
        account=account,
        email=f"new-{email}",
        makes_primary=True,
        by=Actor.client(account.pk),
        now=NOW,
    )
    if is_proved:
        token = links.rederive(purpose=PROOF, nonce=change.proof_nonce, digest=change.proof_digest)
        prove_address_change(token=token, now=NOW)


def _links_of_all_mails() -> set[str]:
    with system_scope("a test reads every mail"):
        sources = [bytes(one.source) for one in SimulatedMail.objects.all()]
    found: set[str] = set()
    for source in sources:
        mail = message_from_bytes(source, policy=policy.default)
        parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
        words = [one if isinstance(one, str) else one.decode() for one in parts]
        text = re.sub(r"\r?\n ", "", "\n".join(words)).replace("&amp;", "&")
        found.update(one.rstrip(".,") for one in _LINK.findall(text))
    return {one for one in found if one.startswith(settings.PUBLIC_URL)}


@pytest.mark.req("AUT-10")
def test_opening_every_link_of_every_mail_changes_nothing(town: Town) -> None:
    _provoke(town)
    for _ in range(3):
        run_once(NOW)
    addresses = {one.removeprefix(settings.PUBLIC_URL) for one in _links_of_all_mails()}
    missing = [door for door in DOORS if not any(door in one for one in addresses)]
    assert missing == []
    for address in sorted(addresses):
        scanner = Browser()
        with writes_seen() as tables:
            answers = [scanner.get(address), scanner.head(address), scanner.get(address)]
        assert {one.status_code for one in answers} <= {200, 301, 302, 308}, address
        assert set(tables) <= BOOKKEEPING, address


@pytest.mark.req("AUT-10")
def test_the_same_address_does_what_it_says_once_a_person_presses(town: Town) -> None:
    """The other half: the links are not dead, they only wait for a POST."""
    run_once(NOW)
    stop = next(one for one in _links_of_all_mails() if "/messages/" in one)
    before = checksum()
    answer = Browser().post(
        stop.removeprefix(settings.PUBLIC_URL), {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert checksum() != before
