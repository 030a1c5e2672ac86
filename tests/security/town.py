"""Two businesses with everything a business can have; each fact of theirs is a canary that must not cross over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from tests import factories
from tests.cast import Person
from tests.notify.texting import make_gateway
from tests.security import persons
from tests.security.rows import first_rows, message_of
from tests.security.support_rows import asked_of_support

from clientela.accounts.models import Account
from clientela.api.actions.make_token import MadeToken, make_token
from clientela.api.models import TokenScope
from clientela.booking.actions.join_waiting_list import Wish, join_waiting_list
from clientela.booking.guest import Guest
from clientela.booking.links import token_of
from clientela.booking.models import Appointment, WaitingEntry
from clientela.booking.waiting_links import wait_path
from clientela.business import invitations
from clientela.business.actions.invite_member import invite_member
from clientela.business.actions.set_sales_policy import set_sales_policy
from clientela.business.models import Business, Location, Membership, Professional, Role
from clientela.catalogue.models import Service
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.actions.issue_invoice import issue_invoice
from clientela.checkout.actions.sell import sell
from clientela.checkout.actions.start_payment import start_payment
from clientela.checkout.links import attempt_token, sale_path
from clientela.checkout.models import KeptCard, ProviderName, Purpose
from clientela.checkout.offer import Offer
from clientela.conversations.models import Conversation, Medium
from clientela.ledger.models import Sale
from clientela.payouts.models import Statement
from clientela.people.actions.register_client import register_client
from clientela.people.models import Client, Merge, PartingQuestion, Proof
from clientela.platform.tenancy import business_scope
from clientela.platform.worker import run_once
from clientela.schedule.actions.add_closure import add_closure
from clientela.schedule.actions.add_time_off import add_time_off

NOW = factories.NOW
DAY = "2026-11-24"
PASSWORD = "a long enough password of the town"


@dataclass
class Side:
    """One of the two businesses. ``word`` stands in every personal fact of it, and in no other text."""

    word: str
    business: Business
    rows: dict[str, models.Model]
    rows_of_colleague: dict[str, models.Model]
    links: dict[str, str]
    tokens: dict[str, str]
    people: dict[str, Person]
    client: Account
    appointments: dict[str, Appointment]

    def id_of(self, name: str) -> str:
        """The key of the row that a parameter of an address names, such as ``client_id``."""
        return str(self.rows[name].pk)

    def of_colleague(self) -> Side:
        """The same business, with the rows that are not the professional's own."""
        return replace(self, rows={**self.rows, **self.rows_of_colleague})

    def has_rows_of_colleague(self, names: tuple[str, ...]) -> bool:
        """Whether parameters of these names mean other rows there."""
        return any(name in self.rows_of_colleague for name in names)


def build(slug: str, word: str) -> Side:
    """Found a business and give it one of everything, told to its people by the worker."""
    business = factories.make_business(slug, name=f"House {slug}")
    with business_scope(business.pk):
        side = _furnish(business, word)
    run_once(NOW)
    side.rows = first_rows(business, word) | side.rows | message_of(side.rows)
    side.rows_of_colleague |= message_of(side.rows_of_colleague)
    return side


def _furnish(business: Business, word: str) -> Side:
    location = Location.objects.get(business=business)
    irene, tomas = (factories.make_professional(business, f"{name} Public") for name in "IT")
    room = factories.make_room(business)
    both = factories.make_service(business, "Talk", professionals=(irene, tomas))
    factories.make_service(business, "Room", professionals=(irene,), needs=(("room", [room]),))
    asked = factories.make_service(business, "Asked", professionals=(irene,), needs_approval=True)
    group = factories.make_service(business, "Group", professionals=(irene, tomas), capacity=6)
    people = _people(business, word, irene)
    booked = {
        "irene": _book(both, f"{DAY}T10:00", _guest(word, "one"), irene),
        "tomas": _book(both, f"{DAY}T11:00", _guest(word, "two"), tomas),
        "asked": _book(asked, f"{DAY}T12:00", _guest(word, "three"), irene),
    }
    sessions = {
        "irene": factories.make_session(group, factories.at(f"{DAY}T16:00"), professional=irene),
        "tomas": factories.make_session(group, factories.at(f"{DAY}T17:00"), professional=tomas),
    }
    _book(group, f"{DAY}T16:00", _guest(word, "five"), irene)
    _book(group, f"{DAY}T17:00", _guest(word, "four"), tomas)
    to_pay = _sell_to(business, both, [booked["irene"], booked["tomas"]])
    _write_down(business, word, irene, location)
    invitation = invite_member(
        business=business,
        email=f"{word.lower()}new@example.org",
        name=f"{word} New",
        role=Role.FRONT_DESK,
        by=factories.SYSTEM,
        now=NOW,
    )
    tokens = _tokens(business, word, people["owner"])
    # Ended, so that the town sends no texts; what is pushed to it is heard all the same.
    make_gateway(business, ended_at=NOW)
    rows, rows_of_colleague = (
        _rows_of(booked[name], sessions[name]) for name in ("irene", "tomas")
    )
    ana = _client(word)
    persons.make_own(booked["irene"], ana)
    return Side(
        word=word,
        business=business,
        rows=rows,
        rows_of_colleague=rows_of_colleague,
        links={
            "irene": token_of(booked["irene"]),
            "tomas": token_of(booked["tomas"]),
            "invitation": invitations.token_of(invitation),
            "waiting": wait_path(rows["waiting_entry_id"]).split("/")[-2],
            **to_pay,
            **persons.links_of(word, booked["irene"], ana),
        },
        client=ana,
        tokens={scope: made.secret for scope, made in tokens.items()},
        people=people,
        appointments=booked,
    )


def _write_down(
    business: Business, word: str, professional: Professional, location: Location
) -> None:
    """An absence, a closure and a card, none of which belongs to anybody outside."""
    add_time_off(
        resource=professional,
        starts_at=factories.at("2026-12-01T09:00"),
        ends_at=factories.at("2026-12-01T11:00"),
        reason=f"{word} doctor",
        by=factories.SYSTEM,
        now=NOW,
    )
    add_closure(
        location=location,
        from_on=date(2026, 12, 24),
        until_on=date(2026, 12, 26),
        by=factories.SYSTEM,
        now=NOW,
    )
    register_client(
        business=business,
        name=f"{word} Card",
        emails=[f"{word.lower()}card@example.org"],
        phones=["+34 612 34 56 78"],
        note=f"{word} remark",
        by=factories.SYSTEM,
        now=NOW,
    )


def _sell_to(business: Business, service: Service, booked: list[Appointment]) -> dict[str, str]:
    """A package, partly paid and invoiced, to each one's client by their professional, and the card each one left.

    Returns the first one's links to pay the rest: of the sale, and of a payment that was begun.
    """
    set_sales_policy(
        business=business,
        legal_name="A House",
        tax_id="B00000000",
        legal_address="Calle 1",
        by=factories.SYSTEM,
        now=NOW,
    )
    account = connect_provider(
        business=business, provider=ProviderName.SIMULATOR, by=factories.STAFF, now=NOW
    )
    package = factories.make_package(service)
    sales = []
    for one in booked:
        sale = sell(
            business=business,
            client=one.client,
            offer=Offer.of_package(package),
            professional=one.professional,
            door="desk",
            by=factories.STAFF,
            now=NOW,
        )
        factories.pay(sale, 100)
        issue_invoice(sale=sale, by=factories.STAFF, now=NOW)
        KeptCard.objects.create(
            business=business,
            client=one.client,
            provider_account=account,
            customer_ref="customer",
            card_ref="card",
            fee_minor=1000,
            currency=business.currency,
            text_version="2026-11",
            agreed_at=NOW,
        )
        sales.append(sale)
    begun = start_payment(
        client=booked[0].client,
        purpose=Purpose.SALE,
        sale=sales[0],
        door="pay",
        by=factories.STAFF,
        now=NOW,
    )
    return {"attempt": attempt_token(begun), "sale": sale_path(sales[0]).split("/")[-2]}


def _tokens(business: Business, word: str, owner: Person) -> dict[str, MadeToken]:
    """A token of each scope, used a moment ago, so that reading with it writes nothing."""
    tokens = {
        scope.value: make_token(
            business=business, label=f"{word} {scope}", scope=scope, by=owner.actor, now=NOW
        )
        for scope in TokenScope
    }
    for made in tokens.values():
        type(made.row).objects.filter(pk=made.row.pk).update(last_used_at=NOW)
    return tokens


def _rows_of(appointment: Appointment, session: models.Model) -> dict[str, models.Model]:
    """What of one professional an address may name."""
    client = appointment.client
    sale = Sale.objects.get(client=client)
    return {
        "appointment_id": appointment,
        "client_id": client,
        "professional_id": appointment.professional,
        "sale_id": sale,
        "payment_id": sale.payments.get(),
        "invoice_id": sale.invoices.get(),
        "kept_card_id": client.kept_cards.get(),
        "contact_id": client.identifiers.order_by("kind")[0],
        "session_id": session,
        "conversation_id": _wrote(client),
        "waiting_entry_id": _waits(appointment),
        "statement_id": _paid(appointment.professional),
        **asked_of_support(appointment),
        **_parted(appointment),
    }


def _parted(appointment: Appointment) -> dict[str, models.Model]:
    """A merge that was undone, and what staff are asked about it; both cards are the client's own."""
    merge = Merge.objects.create(
        business_id=appointment.business_id,
        survivor=appointment.client,
        absorbed=appointment.client,
        proof=Proof.STAFF,
        by="staff",
        at=NOW,
        undone_at=NOW,
    )
    question = PartingQuestion.objects.create(
        business_id=appointment.business_id,
        merge=merge,
        of_table="booking_appointment",
        row_id=appointment.pk,
    )
    return {"merge_id": merge, "parting_question_id": question}


def _paid(professional: Professional) -> Statement:
    """A closed statement of who gives the appointment: nothing was earned in those days."""
    return Statement.objects.create(
        business_id=professional.business_id,
        professional=professional,
        first_on=date(2026, 10, 1),
        last_on=date(2026, 10, 31),
        currency="EUR",
        visits_minor=0,
        adjustments_minor=0,
        total_minor=0,
        closed_at=NOW,
    )


def _waits(appointment: Appointment) -> WaitingEntry:
    """The client of an appointment, who waits for another one with the same professional."""
    entry = join_waiting_list(
        wish=Wish(
            business=appointment.business,
            service=appointment.service,
            location=appointment.location,
            professional=appointment.professional,
            first_day=date(2026, 12, 1),
            last_day=date(2026, 12, 4),
        ),
        client=appointment.client,
        by=factories.STAFF,
        now=NOW,
    )
    assert entry is not None
    return entry


def _wrote(client: Client) -> Conversation:
    """A thread of texts with a client."""
    number = Conversation.objects.count()
    return Conversation.objects.create(
        business_id=client.business_id,
        medium=Medium.SMS,
        address=f"+3461200000{number}",
        client=client,
        unread=1,
        last_at=NOW,
        created_at=NOW,
    )


def _people(business: Business, word: str, irene: Professional) -> dict[str, Person]:
    roles: dict[str, tuple[Role, dict[str, Any]]] = {
        "owner": (Role.OWNER, {}),
        "front_desk": (Role.FRONT_DESK, {}),
        "professional": (Role.PROFESSIONAL, {"professional": irene}),
        "former": (Role.OWNER, {"ended_at": NOW - timedelta(days=1)}),
    }
    found = {}
    for name, (role, fields) in roles.items():
        account = factories.make_account(f"{name}.{word.lower()}@example.org", f"{word} {name}")
        with_password(account)
        found[name] = Person(account, factories.make_member(business, account, role, **fields))
    return found


def _client(word: str) -> Account:
    """The log-in of the client whose appointment stands first."""
    account = factories.make_account(f"one.{word.lower()}one@example.org", f"{word} one")
    with_password(account)
    return account


def with_password(account: Account) -> None:
    """Give a log-in a password and a proved address, as everybody has who was invited."""
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)


def _guest(word: str, name: str) -> Guest:
    return Guest(name=f"{word} {name}", email=f"{word.lower()}{name}@example.org")


def _book(service: Any, start: str, guest: Guest, who: Professional | None) -> Appointment:
    note = f"{guest.name} note"
    return factories.book(
        service, factories.at(start), client=guest, professional=who, client_note=note
    ).appointment


@dataclass
class Town:
    """Both businesses; the operator of the installation and its support agent, who belong to neither."""

    ours: Side
    theirs: Side
    operator: Person
    support: Person


def build_town() -> Town:
    """Make both businesses."""
    ours = build("house-ours", "Quokkaours")
    theirs = build("house-theirs", "Wombattheirs")
    operator, support = _office("Opal", "operator"), _office("Sofia", "support")
    ours.rows["agent_id"] = support.account
    return Town(ours, theirs, operator, support)


def _office(name: str, office: str) -> Person:
    account = factories.make_account(f"{office}@example.org", name)
    setattr(account, f"is_{office}", True)
    with_password(account)
    return Person(account, Membership())
