"""What staff may set on a card: the one professional, where messages go, the log-in before it is used, the welcome."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from tests.factories import NOW, STAFF, make_client, make_professional
from tests.people.persons import guest_card, person, unproved

from clientela.accounts.models import Account
from clientela.business.models import Business, Professional, Resource
from clientela.people.actions.accept_welcome import accept_welcome
from clientela.people.actions.activate import activate
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.find_or_register_guest import find_or_register_guest
from clientela.people.actions.send_welcome import send_welcome
from clientela.people.actions.set_login_email import set_login_email
from clientela.people.actions.set_notification_email import set_notification_email
from clientela.people.actions.update_client import update_client
from clientela.people.errors import (
    AccountUnproved,
    AlreadyActive,
    CannotTakeUp,
    EmailInvalid,
    LoginEmailNotYours,
    NameDoesNotMatch,
    NoAddress,
    OtherAddress,
    ProfessionalUnknown,
)
from clientela.people.models import Client, Identifier, Merge
from clientela.people.queries.card_by_welcome import PURPOSE, card_by_welcome
from clientela.people.queries.contacts import contacts, notification_email
from clientela.people.queries.search_clients import search_clients
from clientela.platform import links
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent, OutboxEvent
from clientela.platform.tenancy import business_scope, system_scope

LATER = NOW + timedelta(days=3)


def claimed(business: Business) -> tuple[Client, Account]:
    """Ana's card with her log-in."""
    card, account = guest_card(business), person()
    claim_cards(account=account, now=NOW)
    card.refresh_from_db()
    return card, account


# One professional


@pytest.mark.req("S1.26")
def test_a_client_is_bound_to_one_professional_and_freed_again(
    client_card: Client, professional: Professional, colleague: Professional
) -> None:
    for wanted in (professional, colleague, colleague, None):
        bind_to_professional(client=client_card, professional=wanted, by=STAFF, now=NOW)
        client_card.refresh_from_db()
        assert client_card.bound_to == wanted
    lines = AuditEvent.objects.filter(action__startswith="client-").order_by("at", "id")
    assert [line.action for line in lines if "bound" in line.action] == [
        "client-bound",
        "client-bound",
        "client-unbound",
    ]


def test_nobody_is_bound_to_a_stranger_or_to_one_who_left(
    client_card: Client, professional: Professional, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        theirs = make_professional(next_door, "Nadia")
    Resource.objects.filter(pk=professional.pk).update(is_active=False)
    for wanted in (theirs, professional):
        with pytest.raises(ProfessionalUnknown):
            bind_to_professional(client=client_card, professional=wanted, by=STAFF, now=NOW)
    client_card.refresh_from_db()
    assert client_card.bound_to is None


# Where messages go


@pytest.mark.req("S1.30")
def test_staff_change_where_messages_go_and_the_log_in_stays(
    business: Business, scope: None
) -> None:
    card, account = claimed(business)
    login = list(Account.objects.values_list()), list(EmailAddress.objects.values_list())
    set_notification_email(client=card, email="Assistant@Example.com", by=STAFF, now=LATER)
    assert notification_email(card).value == "assistant@example.com"
    assert (list(Account.objects.values_list()), list(EmailAddress.objects.values_list())) == login
    card.refresh_from_db()
    assert card.account == account
    assert [(one.value, one.for_notifications) for one in contacts(card)] == [
        ("ana@example.com", False),
        ("assistant@example.com", True),
    ], "the proved address stays, as another of hers"
    assert search_clients(text="assistant@") == [card]


def test_a_wrong_address_leads_nobody_to_the_card_afterwards(
    business: Business, client_card: Client
) -> None:
    """A typing error put right: whoever has the wrong mailbox, and the name, must not find this card."""
    set_notification_email(client=client_card, email="ana@gmail.example", by=STAFF, now=NOW)
    assert [one.value for one in contacts(client_card)] == ["ana@gmail.example"]
    assert claim_cards(account=person("ana@example.com"), now=LATER) == []
    assert search_clients(text="ana@example.com") == []


def test_blank_sends_messages_nowhere_and_back_again(business: Business, scope: None) -> None:
    card, _ = claimed(business)
    assert set_notification_email(client=card, email=" ", by=STAFF, now=LATER) is None
    assert notification_email(card) is None
    again = set_notification_email(client=card, email="ana@example.com", by=STAFF, now=LATER)
    assert again.verified_at is not None, "it was proved and still is"
    with pytest.raises(EmailInvalid):
        set_notification_email(client=card, email="ana@", by=STAFF, now=LATER)
    assert notification_email(card) == again


def test_setting_the_same_address_changes_nothing_and_is_not_on_the_trail(
    client_card: Client,
) -> None:
    held = list(Identifier.objects.values_list())
    set_notification_email(client=client_card, email="ANA@example.com", by=STAFF, now=LATER)
    assert list(Identifier.objects.values_list()) == held
    assert not AuditEvent.objects.filter(action__contains="notification-email").exists()


def test_phones_and_other_proved_addresses_are_not_touched(client_card: Client) -> None:
    add_identifier(client=client_card, phone="+34600112233", by=STAFF, now=NOW)
    set_notification_email(client=client_card, email="new@example.com", by=STAFF, now=LATER)
    assert [one.value for one in contacts(client_card)] == ["+34600112233", "new@example.com"]


# The log-in


ROLES = [
    Actor.staff(UUID(int=1), "owner"),
    Actor.staff(UUID(int=2), "front_desk"),
    Actor.staff(UUID(int=3), "professional"),
    Actor.staff(UUID(int=4), "operator"),
    Actor.staff(UUID(int=5), "support"),
    Actor.api("partner"),
    Actor.system("import"),
    Actor.guest(),
    Actor.client(UUID(int=6)),
]


def described(actor: Actor) -> str:
    return actor.role or actor.kind.value


@pytest.mark.req("S1.33")
@pytest.mark.req("S1.34")
@pytest.mark.parametrize("by", ROLES, ids=described)
@pytest.mark.parametrize("state", ["claimed", "activated", "merged", "erased"])
def test_nobody_but_the_client_changes_a_log_in_that_is_used(
    business: Business, scope: None, by: Actor, state: str
) -> None:
    card, account = claimed(business)
    if state == "activated":
        activate(account=account, notify_by="email", by=Actor.client(account.pk), now=NOW)
    if state == "merged":
        into = make_client(business, "Other", "other@example.com")
        Client.objects.filter(pk=card.pk).update(account=None, merged_into=into)
    if state == "erased":
        Client.objects.filter(pk=card.pk).update(erased_at=NOW)
    card.refresh_from_db()
    before = [
        Client.objects.filter(pk=card.pk).values_list().get(),
        *Account.objects.values_list(),
        *EmailAddress.objects.values_list(),
    ]
    for email in ("attacker@example.com", "", "ana@example.com"):
        with pytest.raises(LoginEmailNotYours) as refused:
            set_login_email(client=card, email=email, by=by, now=LATER)
        assert refused.value.reason == "login-email-not-yours"
    assert [
        Client.objects.filter(pk=card.pk).values_list().get(),
        *Account.objects.values_list(),
        *EmailAddress.objects.values_list(),
    ] == before


@pytest.mark.req("S1.31")
@pytest.mark.req("S1.32")
@pytest.mark.parametrize("by", ROLES[:3], ids=described)
def test_before_that_staff_say_with_which_address_the_client_is_to_come_in(
    business: Business, client_card: Client, by: Actor
) -> None:
    """It is a field of its own: where messages go is another matter."""
    set_login_email(client=client_card, email=" Login@Example.com", by=by, now=NOW)
    client_card.refresh_from_db()
    assert client_card.login_email == "login@example.com"
    assert notification_email(client_card).value == "ana@example.com"
    send_welcome(client=client_card, by=by, now=NOW)
    client_card.refresh_from_db()
    assert client_card.login_email == "login@example.com"
    account = person("login@example.com")
    assert accept_welcome(client=client_card, account=account, by=by, now=LATER) == client_card
    with pytest.raises(EmailInvalid):
        set_login_email(client=client_card, email="nonsense@", by=by, now=NOW)


def test_a_log_in_written_on_a_card_gives_no_access_by_itself(
    business: Business, client_card: Client
) -> None:
    """It is an intention of the business's: neither proof nor a way to find the card."""
    set_login_email(client=client_card, email="attacker@example.com", by=STAFF, now=NOW)
    assert claim_cards(account=person("attacker@example.com"), now=LATER) == []


# Two names


@pytest.mark.req("S1.41")
@pytest.mark.req("S1.42")
def test_the_persons_name_and_the_businesss_spelling_never_change_each_other(
    business: Business, scope: None
) -> None:
    card, account = claimed(business)
    update_client(client=card, name="Prueba, Ana (VIP)", by=STAFF, now=NOW)
    account.refresh_from_db()
    assert account.name == "Ana Prueba"
    account.name = "Ana María Prueba"
    account.save()
    claim_cards(account=account, now=LATER)
    activate(account=account, notify_by="email", by=Actor.client(account.pk), now=LATER)
    card.refresh_from_db()
    assert card.record_name == "Prueba, Ana (VIP)"


# The welcome


def token_of(card: Client) -> str:
    card.refresh_from_db()
    return links.rederive(purpose=PURPOSE, nonce=card.welcome_nonce, digest=card.welcome_digest)


@pytest.mark.req("S1.40")
def test_the_welcome_goes_to_the_notification_address_unless_another_was_set(
    business: Business, client_card: Client
) -> None:
    send_welcome(client=client_card, by=STAFF, now=NOW)
    event = OutboxEvent.objects.get(name="people.WelcomeSent")
    assert "ana@" not in str(event.payload), "ids only"
    found = card_by_welcome(business=business, token=token_of(client_card), now=NOW)
    assert found == client_card
    assert found.login_email == "ana@example.com"


def test_a_welcomes_link_opens_for_thirty_days_exactly(
    business: Business, client_card: Client
) -> None:
    send_welcome(client=client_card, by=STAFF, now=NOW)
    token = token_of(client_card)
    end = NOW + timedelta(days=30)
    minute = timedelta(minutes=1)
    for now, opens in ((NOW, True), (end - minute, True), (end, False), (end + minute, False)):
        found = card_by_welcome(business=business, token=token, now=now)
        assert (found == client_card) is opens, now


def test_only_the_newest_link_of_the_right_business_opens(
    business: Business, next_door: Business, client_card: Client
) -> None:
    send_welcome(client=client_card, by=STAFF, now=NOW)
    old = token_of(client_card)
    send_welcome(client=client_card, by=STAFF, now=NOW)
    new = token_of(client_card)
    assert card_by_welcome(business=business, token=old, now=NOW) is None
    for wrong in ("", "x", client_card.welcome_nonce, client_card.welcome_digest, new[:-1]):
        assert card_by_welcome(business=business, token=wrong, now=NOW) is None
    with system_scope("even a scope that sees all"):
        assert card_by_welcome(business=next_door, token=new, now=NOW) is None
    set_login_email(client=client_card, email="other@example.com", by=STAFF, now=NOW)
    assert card_by_welcome(business=business, token=new, now=NOW) is None, "sent to the old one"


def test_a_client_who_came_in_or_has_no_address_is_not_welcomed(
    business: Business, scope: None
) -> None:
    card, _ = claimed(business)
    with pytest.raises(AlreadyActive):
        send_welcome(client=card, by=STAFF, now=NOW)
    with pytest.raises(NoAddress):
        send_welcome(client=make_client(business, "Eva", ""), by=STAFF, now=NOW)
    assert not OutboxEvent.objects.filter(name="people.WelcomeSent").exists()


def test_accepting_gives_the_card_whatever_its_spelling_and_ends_the_link(
    business: Business, scope: None
) -> None:
    card = make_client(business, "Sra. Prueba (martes)")
    send_welcome(client=card, by=STAFF, now=NOW)
    token, account = token_of(card), person()
    by = Actor.client(account.pk)
    assert accept_welcome(client=card, account=account, by=by, now=LATER) == card
    card.refresh_from_db()
    assert (card.account, card.record_name) == (account, "Sra. Prueba (martes)")
    assert card.welcome_digest == ""
    assert card_by_welcome(business=business, token=token, now=LATER) is None
    assert accept_welcome(client=card, account=account, by=by, now=LATER) == card


def test_a_forwarded_welcome_gives_nothing_to_another_mailbox(
    business: Business, client_card: Client
) -> None:
    """MRG-06, row 20: the link and a log-in are not enough; the address must be that log-in's own."""
    send_welcome(client=client_card, by=STAFF, now=NOW)
    client_card.refresh_from_db()
    for account, refusal in (
        (person("other@example.com"), OtherAddress),
        (unproved("ana@example.com"), AccountUnproved),
    ):
        with pytest.raises(refusal):
            accept_welcome(client=client_card, account=account, by=STAFF, now=LATER)
    client_card.refresh_from_db()
    assert client_card.account is None


def test_a_welcome_beside_an_own_card_joins_them_only_under_one_name(
    business: Business, scope: None
) -> None:
    own, account = claimed(business)
    by = Actor.client(account.pk)
    twin, partner = make_client(business), make_client(business, "Luis Prueba")
    for card in (twin, partner):
        send_welcome(client=card, by=STAFF, now=NOW)
        card.refresh_from_db()
    assert accept_welcome(client=twin, account=account, by=by, now=LATER) == own
    with pytest.raises(NameDoesNotMatch):
        accept_welcome(client=partner, account=account, by=by, now=LATER)
    assert Merge.objects.count() == 1


def test_a_card_that_got_another_owner_meanwhile_is_not_given_twice(
    business: Business, scope: None
) -> None:
    card = make_client(business)
    send_welcome(client=card, by=STAFF, now=NOW)
    card.refresh_from_db()
    Client.objects.filter(pk=card.pk).update(account=person("first@example.com"))
    account = person()
    with pytest.raises(CannotTakeUp):
        accept_welcome(client=card, account=account, by=STAFF, now=LATER)


def test_a_welcome_attaches_nothing_of_a_guest_who_shares_the_address(
    business: Business, client_card: Client
) -> None:
    partner = find_or_register_guest(
        business=business,
        name="Luis Prueba",
        email="ana@example.com",
        phone="",
        language="",
        by=Actor.guest(),
        now=NOW,
    )
    send_welcome(client=client_card, by=STAFF, now=NOW)
    client_card.refresh_from_db()
    accept_welcome(client=client_card, account=person(), by=STAFF, now=LATER)
    partner.refresh_from_db()
    assert partner.account is None
