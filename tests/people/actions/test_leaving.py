"""Leaving: nothing personal is left anywhere, the books keep their sums, and nobody leaves a business ownerless."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from tests import factories
from tests.accounts.people import MINUTE, NOW, proved
from tests.factories import at
from tests.people.columns import as_text, told_columns

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.models import Appointment, Status
from clientela.business.actions.close_business import close_business
from clientela.business.actions.reopen_business import reopen_business
from clientela.business.actions.set_sales_policy import set_sales_policy
from clientela.business.errors import GraceOver, NameDiffers, OnlyOwner
from clientela.business.models import Business, Professional, Role
from clientela.catalogue.models import Service
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.actions.forget_cards import forget_cards
from clientela.checkout.actions.issue_invoice import Buyer, issue_invoice
from clientela.checkout.actions.open_payment_page import open_payment_page
from clientela.checkout.actions.start_payment import start_payment
from clientela.checkout.actions.take_payment import take_payment
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.models import KeptCard, PaymentAttempt, ProviderName, Purpose
from clientela.ledger.models import Invoice, Method, Movement, Payment, Sale
from clientela.notify.models import AccountMail, Message, Receipt, Recipient, SimulatedMail
from clientela.people.actions.change_own_profile import change_own_profile
from clientela.people.actions.erase_card import erase_card, pseudonym
from clientela.people.actions.erase_closed import erase_closed
from clientela.people.actions.leave import leave
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Client, Merge, Proof
from clientela.people.queries.own_copy import own_copy
from clientela.platform import worker
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope, system_scope

CANARY = "Zyxcanary"
MAIL = "zyxcanary@example.com"
PHONE = "+34600999888"
WORDS = (CANARY.casefold(), "zyxcanary", "600999888", "1977-07-07")


def scan() -> dict[str, int]:
    """Look for the canary in every column of every table, as the database keeps it."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted}")  # noqa: S608 -- names from the database itself
            for row in cursor.fetchall():
                text = " ".join(as_text(value) for value in row).casefold()
                if any(word in text for word in WORDS):
                    found[table] = found.get(table, 0) + 1
    return found


def sums() -> list[tuple[object, ...]]:
    """The books: prices by business, month and status, but for what is cancelled by leaving."""
    with system_scope("a test adds up"):
        rows = Appointment.objects.order_by("pk").values_list(
            "business_id", "starts_at", "service_id", "price_minor", "currency"
        )
        return [
            *rows,
            *Sale.objects.order_by("pk").values_list("pk", "price_minor", "state", "sold_on"),
            *Payment.objects.order_by("pk").values_list("pk", "amount_minor", "paid_on", "method"),
            *Movement.objects.order_by("pk").values_list("pk", "amount", "cause", "recorded_at"),
            *Invoice.objects.order_by("pk").values_list("series", "number", "digest"),
        ]


def hear(*, now: datetime = NOW) -> None:
    """Let the worker tell everything, and the simulator receive it."""
    for _ in range(4):
        worker.run_once(now)


@pytest.fixture
def canary(business: Business, service: Service) -> Iterator[Account]:
    """A person with a log-in, a card that took up another, bookings past and ahead, mails and notes."""
    account = proved(MAIL)
    Account.objects.filter(pk=account.pk).update(name=f"{CANARY} Person")
    account.refresh_from_db()
    card = factories.make_client(business, f"{CANARY} Here", MAIL)
    Client.objects.filter(pk=card.pk).update(account=account, activated_at=NOW)
    other = factories.make_client(business, f"{CANARY} Once", MAIL, birthday=date(1977, 7, 7))
    take_up_card(card=other, into=card, proof=Proof.LOG_IN, by=Actor.client(account.pk), now=NOW)
    change_own_profile(
        account=account,
        phone=PHONE,
        birthday=date(1977, 7, 7),
        by=Actor.client(account.pk),
        now=NOW,
    )
    card.refresh_from_db()
    first, second, *_ = [
        factories.book(
            service, at(text), client=card, client_note=f"{CANARY} limps", by=factories.STAFF
        ).appointment
        for text in ("2026-11-24 10:00", "2026-11-26 10:00", "2026-11-25 10:00", "2026-12-01 10:00")
    ]
    cancel_appointment(
        appointment=first, by=factories.STAFF, door="desk", reason_text=f"{CANARY} called", now=NOW
    )
    cancel_appointment(appointment=second, by=Actor.client(account.pk), door="portal", now=NOW)
    Appointment.objects.update(staff_note=f"{CANARY} pays cash")
    Client.objects.filter(pk=card.pk).update(note=f"{CANARY} likes tea")
    buy(card, service)
    hear()
    for message in Message.objects.filter(recipient=Recipient.CLIENT):
        Receipt.objects.create(
            business=business,
            message=message,
            provider="smtp",
            key=str(message.pk),
            kind="bounced_hard",
            detail=f"550 <{MAIL}>: {CANARY} moved",
            at=NOW,
            received_at=NOW,
        )
    assert Message.objects.exclude(address="").exists()
    assert SimulatedMail.objects.exists()
    return account


def buy(card: Client, service: Service) -> None:
    """Three packages: one half paid and invoiced, one given back, one that is being paid; and a kept card."""
    package = factories.make_package(service)
    account = connect_provider(
        business=card.business, provider=ProviderName.SIMULATOR, by=factories.STAFF, now=NOW
    )
    policy = {"legal_name": "A House", "tax_id": "B00000000", "legal_address": "Calle 1"}
    set_sales_policy(business=card.business, by=factories.STAFF, now=NOW, **policy)
    kept, void, open_ = (factories.sell(card, package) for _ in range(3))
    for sale in (kept, void):
        take_payment(
            sale=sale,
            method=Method.CASH,
            amount_minor=5000,
            note=f"{CANARY} had no change",
            by=factories.STAFF,
            now=NOW,
        )
    issue_invoice(
        sale=kept, buyer=Buyer("A Firm", "B00000001", "Calle 2"), by=factories.STAFF, now=NOW
    )
    void_sale(sale=void, because=f"{CANARY} moves away", by=factories.STAFF, now=NOW)
    attempt = start_payment(
        client=card,
        purpose=Purpose.SALE,
        sale=open_,
        back_to="/client/balance",
        door="client",
        by=factories.GUEST,
        now=NOW,
    )
    open_payment_page(attempt=attempt, now=NOW)
    KeptCard.objects.create(
        business=card.business,
        client=card,
        provider_account=account,
        customer_ref="customer",
        card_ref="card",
        brand=CANARY,  # a word that would betray that it stayed
        last_digits="4242",
        fee_minor=1000,
        currency="EUR",
        text_version="2026-11",
        agreed_at=NOW,
    )


AFTER = NOW + timedelta(days=2, hours=12)
"""Two appointments are over or off, one is ahead."""


@pytest.mark.req("INV-14")
@pytest.mark.req("L18")
def test_after_leaving_with_everything_the_person_is_nowhere(
    canary: Account, business: Business
) -> None:
    assert len(scan()) > 5, "the scan sees the person where they stand"
    books, mine = sums(), Client.objects.get(account=canary)
    leave(account=canary, also_cards=True, by=Actor.client(canary.pk), now=AFTER)
    assert scan() == {}
    hear(now=AFTER)
    assert scan() == {}, "what is told afterwards names nobody"
    assert sums() == books
    erased = Client.objects.get(pk=mine.pk)
    assert (erased.record_name, erased.account_id, erased.erased_at) == (
        pseudonym(erased),
        None,
        AFTER,
    )
    assert not Account.objects.filter(pk=canary.pk).exists()


def test_after_leaving_no_card_is_kept_and_no_page_takes_money(
    canary: Account, business: Business
) -> None:
    links = set(PaymentAttempt.objects.values_list("link_digest", flat=True))
    leave(account=canary, also_cards=True, by=Actor.client(canary.pk), now=AFTER)
    kept = KeptCard.objects.get()
    assert (kept.removed_at, kept.last_digits, kept.card_ref) == (AFTER, "", "card")
    assert not links & set(PaymentAttempt.objects.values_list("link_digest", flat=True))
    assert set(PaymentAttempt.objects.values_list("pay_url", "back_to")) == {("", "")}
    assert forget_cards(now=AFTER + timedelta(hours=23)) == 0
    assert forget_cards(now=AFTER + timedelta(days=1)) == 1
    kept.refresh_from_db()
    assert (kept.customer_ref, kept.card_ref) == ("", "")
    assert Invoice.objects.get(kind="invoice").facts["buyer"]["name"] == "A Firm"


def test_what_is_ahead_is_cancelled_first_and_the_staff_hear_of_it(
    canary: Account, business: Business
) -> None:
    Appointment.objects.filter(starts_at__gt=AFTER).update(
        starts_at=AFTER + MINUTE * 5, ends_at=AFTER + MINUTE * 35
    )
    before = dict(Appointment.objects.values_list("pk", "status"))
    leave(account=canary, also_cards=True, by=Actor.client(canary.pk), now=AFTER)
    changed = [one for one in Appointment.objects.all() if before[one.pk] != one.status]
    assert [(one.status, one.starts_at) for one in changed] == [
        (Status.CANCELLED, AFTER + MINUTE * 5)
    ], "five minutes before, past every cut-off"
    hear(now=AFTER)
    told = Message.objects.filter(appointment=changed[0], created_at=AFTER)
    assert {one.rule for one in told.exclude(recipient="client")} == {"staff-cancelled"}
    mail = SimulatedMail.objects.latest("received_at")
    assert changed[0].client.record_name.encode() in bytes(mail.source)


def test_leaving_without_the_cards_takes_the_log_in_only(
    canary: Account, business: Business
) -> None:
    def stored() -> list[tuple[object, ...]]:
        return [
            *Appointment.objects.order_by("pk").values_list(
                "pk", "client_id", "status", "staff_note"
            ),
            *Client.objects.order_by("pk").values_list("pk", "record_name", "note", "search_text"),
        ]

    before = stored()
    leave(account=canary, also_cards=False, by=Actor.client(canary.pk), now=AFTER)
    assert stored() == before
    assert not Client.objects.filter(account__isnull=False).exists()
    assert not AccountMail.objects.filter(address=MAIL).exists()


def test_erasing_twice_is_erasing_once(canary: Account) -> None:
    card = Client.objects.get(account=canary)
    for _ in range(2):
        erase_card(card=card, because="test", by=factories.SYSTEM, now=AFTER)
    assert Client.objects.get(pk=card.pk).erased_at == AFTER


def test_a_merge_of_erased_cards_is_still_on_record_without_its_values(canary: Account) -> None:
    merge = Merge.objects.get()
    leave(account=canary, also_cards=True, by=Actor.client(canary.pk), now=AFTER)
    absorbed = Client.objects.get(pk=merge.absorbed_id)
    assert absorbed.erased_at == AFTER
    assert absorbed.merged_into_id == merge.survivor_id
    assert not merge.rows.filter(value_before__contains="1977").exists()
    assert not merge.rows.filter(value_after__contains="1977").exists()


def test_the_only_owner_of_a_business_cannot_leave(business: Business, scope: None) -> None:
    boss, other = proved("boss@example.com"), proved("other@example.com")
    factories.make_member(business, boss, Role.OWNER)
    with pytest.raises(OnlyOwner) as refused:
        leave(account=boss, also_cards=False, by=Actor.client(boss.pk), now=NOW)
    assert refused.value.facts["businesses"] == [business.name]
    assert Account.objects.filter(pk=boss.pk).exists()
    factories.make_member(business, other, Role.OWNER)
    leave(account=boss, also_cards=False, by=Actor.client(boss.pk), now=NOW)
    assert not Account.objects.filter(pk=boss.pk).exists()


def test_the_owner_of_a_business_that_was_given_up_may_leave(
    business: Business, scope: None
) -> None:
    boss = proved("boss@example.com")
    factories.make_member(business, boss, Role.OWNER)
    close_business(business=business, name_typed=business.name, by=factories.SYSTEM, now=NOW)
    leave(account=boss, also_cards=False, by=Actor.client(boss.pk), now=NOW)
    assert not Account.objects.filter(pk=boss.pk).exists()


def test_a_professional_who_leaves_keeps_their_place_in_the_calendar(
    business: Business, professional: Professional
) -> None:
    person = proved("irene@example.com")
    factories.make_member(business, person, Role.PROFESSIONAL, professional=professional)
    Professional.objects.filter(pk=professional.pk).update(account=person)
    leave(account=person, also_cards=True, by=Actor.client(person.pk), now=NOW)
    assert Professional.objects.get(pk=professional.pk).account_id is None


@pytest.mark.req("L18", "ERA-03")
def test_the_copy_holds_what_the_person_may_see_and_nothing_else(
    canary: Account, business: Business
) -> None:
    hidden = Appointment.objects.order_by("starts_at").first()
    assert hidden is not None
    Appointment.objects.filter(pk=hidden.pk).update(hidden_at=NOW)
    copy = own_copy(account=canary, now=NOW)
    text = repr(copy)
    assert copy["person"]["addresses"] == [{"email": MAIL, "proved": True, "is_log_in": True}]
    (here,) = copy["businesses"]
    assert here["business"] == {"name": business.name, "address": business.slug}
    assert here["card"]["birthday"] == "1977-07-07"
    assert len(here["appointments"]) == 3
    assert str(hidden.pk) not in text
    assert f"{CANARY} limps" in text
    assert "pays cash" not in text
    assert "likes tea" not in text
    assert [sale["to_pay_minor"] for sale in here["sales"]] == [15_000, 0, 20_000]
    assert {step["step"] for step in here["sessions_left"]} == {"granted", "taken-back"}
    assert here["payment_cards"][0]["last_digits"] == "4242"
    assert not [one for one in ("called", "no change", "moves away") if one in text]


class TestGivingUp:
    """A business is closed at once, may be opened again, and forgets its clients when the grace is over."""

    def close(self, business: Business, *, now: datetime = NOW) -> Business:
        return close_business(
            business=business, name_typed=business.name.upper(), by=factories.SYSTEM, now=now
        )

    @pytest.mark.req("S2.21")
    def test_it_needs_its_name_typed_closes_at_once_and_can_be_undone_to_the_last_moment(
        self, business: Business, scope: None
    ) -> None:
        with pytest.raises(NameDiffers):
            close_business(business=business, name_typed="x", by=factories.SYSTEM, now=NOW)
        closed = self.close(business)
        assert not closed.is_open
        assert closed.erase_at == NOW + timedelta(days=30)
        again = self.close(business, now=NOW + MINUTE)
        assert again.erase_at == closed.erase_at
        last = NOW + timedelta(days=30) - MINUTE
        opened = reopen_business(business=business, by=factories.SYSTEM, now=last)
        assert (opened.is_open, opened.closed_at, opened.erase_at) == (True, None, None)
        self.close(business)
        with pytest.raises(GraceOver):
            reopen_business(business=business, by=factories.SYSTEM, now=last + MINUTE)

    @pytest.mark.req("S2.21")
    def test_clients_with_appointments_ahead_and_owners_are_told_once(
        self, business: Business, canary: Account
    ) -> None:
        factories.make_member(business, factories.make_account("boss@example.com"), Role.OWNER)
        factories.make_client(business, "No Appointment", "none@example.com")
        self.close(business)
        hear()
        told = AccountMail.objects.filter(kind="business-closed").values_list("address", flat=True)
        assert sorted(told) == ["boss@example.com", MAIL]

    @pytest.mark.req("S2.21")
    @pytest.mark.req("INV-14")
    def test_when_the_grace_is_over_its_clients_are_nowhere_and_the_sums_stay(
        self, business: Business, canary: Account, next_door: Business
    ) -> None:
        books = sums()
        said = told_columns()
        with business_scope(next_door.pk):
            before = list(Client.objects.values_list(*said))
        self.close(business)
        hear()
        over = NOW + timedelta(days=30)
        assert erase_closed(now=over - MINUTE) == 0
        while erase_closed(now=over):
            pass
        # The log-in is the person's own and stays.
        Account.objects.filter(pk=canary.pk).update(name="", phone="", birthday=None)
        left = scan()
        assert set(left) <= {"accounts_account", "account_emailaddress"}
        assert sums() == books
        business.refresh_from_db()
        assert business.erased_at == over
        hear(now=over)
        # Who gave up is not told of every cancellation.
        assert not Message.objects.filter(created_at=over).exclude(recipient="client").exists()
        assert not Appointment.objects.filter(status=Status.CONFIRMED, starts_at__gt=over).exists()
        with business_scope(next_door.pk):
            assert list(Client.objects.values_list(*said)) == before
