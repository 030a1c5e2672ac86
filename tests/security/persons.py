"""The client of a business who has an account, and the links that mails and calendar programs hold for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests import factories

from clientela.accounts.actions.ask_address_change import PROOF, UNDO, ask_address_change
from clientela.accounts.actions.ask_join import REFUSE, UNDO as PART, ask_join
from clientela.accounts.actions.prove_address_change import prove_address_change
from clientela.booking.actions.renew_calendar_feed import renew_calendar_feed
from clientela.notify.stop_link import stop_token
from clientela.people.actions.ask_household import ask_household
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.send_welcome import send_welcome
from clientela.people.household_links import token_of
from clientela.people.models import Merge, Proof
from clientela.people.queries.card_by_welcome import PURPOSE as WELCOME
from clientela.people.queries.merge_by_refusal import PURPOSE as NOT_ME
from clientela.people.queries.merge_plan import merge_plan
from clientela.platform import links
from clientela.platform.actor import Actor
from clientela.support.actions.open_thread import open_thread
from clientela.support.actions.write_line import write_line
from clientela.support.thread_links import mail_token

if TYPE_CHECKING:
    from clientela.accounts.models import Account
    from clientela.booking.models import Appointment
    from clientela.business.models import Business

NOW = factories.NOW
# Which secret opens which address; all others want the link of an appointment.
LINKS = {
    "invitation": "invitation",
    "client:feed": "feed",
    "client:stop": "stop",
    "client:welcome": "welcome",
    "client:prove-address": "proof",
    "client:undo-address": "undo",
    "client:refuse-join": "refusal",
    "client:undo-join": "parting",
    "client:not-me": "not-me",
    "client:household-invitation": "household",
    "booking_page:waiting-entry": "waiting",
    "chat:by-mail": "chat",
    "pay:attempt": "attempt",
    "pay:sale": "sale",
}


def make_own(appointment: Appointment, account: Account) -> None:
    """Put the card of an appointment under an account, activated long ago."""
    card = appointment.client
    card.account, card.activated_at = account, NOW
    card.save()


def links_of(word: str, appointment: Appointment, account: Account) -> dict[str, str]:
    """One of every personal link: of the client of the appointment, and of a card that was invited."""
    by = Actor.client(account.pk)
    invited = factories.make_client(
        appointment.business, f"{word} New", f"{word.lower()}new@cards.example.org"
    )
    send_welcome(client=invited, by=factories.SYSTEM, now=NOW)
    invited.refresh_from_db()
    added, asked = (
        ask_address_change(
            account=account,
            email=f"{word.lower()}one@{place}.example.org",
            makes_primary=False,
            by=by,
            now=NOW,
        )
        for place in ("added", "asked")
    )
    prove_address_change(token=links.derive(purpose=PROOF, nonce=added.proof_nonce), now=NOW)
    joined, wished = (
        ask_join(
            account=account,
            email=f"{word.lower()}one@{place}.example.org",
            session_digest="",
            by=by,
            now=NOW,
        )
        for place in ("joined", "wished")
    )
    joined.own_confirmed_at = joined.other_confirmed_at = joined.joined_at = NOW
    joined.undo_until = NOW + timedelta(hours=72)
    joined.save()
    family = ask_household(
        account=account, email=f"{word.lower()}one@family.example.org", by=by, now=NOW
    )
    absorbed = _absorbed(word, appointment.business)
    wrote = open_thread(
        secret=f"the browser of {word}",
        business=appointment.business,
        name=f"{word} One",
        email=f"{word.lower()}one@wrote.example.org",
        language="en",
        now=NOW,
    )
    write_line(thread=wrote, body=f"{word} One asks", key="", now=NOW)
    return {
        "feed": renew_calendar_feed(account=account, by=by, now=NOW),
        "stop": stop_token(appointment.client),
        "welcome": links.derive(purpose=WELCOME, nonce=invited.welcome_nonce),
        "proof": links.derive(purpose=PROOF, nonce=asked.proof_nonce),
        "undo": links.derive(purpose=UNDO, nonce=added.undo_nonce),
        "refusal": links.derive(purpose=REFUSE, nonce=wished.refuse_nonce),
        "parting": links.derive(purpose=PART, nonce=joined.undo_nonce),
        "household": token_of(family),
        "chat": mail_token(wrote),
        "not-me": links.derive(purpose=NOT_ME, nonce=absorbed.refuse_nonce),
    }


def _absorbed(word: str, business: Business) -> Merge:
    """A card that left its log-in behind as another took it up: its mailbox may still say "not me"."""
    into, card = (
        factories.make_client(business, f"{word} New", f"{word.lower()}new@{place}.example.org")
        for place in ("stands", "absorbed")
    )
    card.account = factories.make_account(f"{word.lower()}new@absorbed.example.org", f"{word} New")
    card.activated_at = NOW
    card.save()
    return merge_clients(
        card=card,
        into=into,
        proof=Proof.STAFF,
        plan_digest=merge_plan(card=card, into=into, now=NOW).digest,
        evidence=f"{word} said so at the desk",
        by=factories.SYSTEM,
        now=NOW,
    )
