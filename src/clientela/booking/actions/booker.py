"""Who books, and for whom: themselves with their account, somebody of their household, or as a guest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from clientela.accounts.models import Account
from clientela.booking.actions.check_start import is_insider
from clientela.booking.actions.overrides import NONE, Overrides
from clientela.booking.actions.refuse import AskedStart
from clientela.booking.actions.write_appointment import Form
from clientela.booking.errors import LoginRequired, NotLent
from clientela.booking.guest import Guest
from clientela.booking.queries.client_door import client_door
from clientela.booking.queries.engine_needs import exact
from clientela.booking.queries.lent_card import lent_card
from clientela.business.models import Business, ClientLogin, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.card_for_account import foreseen_card
from clientela.people.models import Client
from clientela.platform.actor import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class Booker:
    """For whom an appointment is made, and who asks for it.

    ``client`` is a card or a guest as typed; ``None`` is the own card of who is signed in (``account``), unless
    they book for ``relative``, the card of somebody of their household. ``is_online``: whether clients may book here by themselves; ``None`` where nobody looked.
    """

    business: Business
    client: Client | Guest | None
    account: Account | None
    by: Actor
    is_online: bool | None = None
    relative: Client | None = None

    def asks(
        self,
        *,
        service: Service,
        location: Location,
        professional: Professional | None,
        starts_at: datetime,
        overrides: Overrides | None,
    ) -> AskedStart:
        """Return the start as this booker may ask for it: on whose terms, and bound to whom.

        A guest is bound to nobody: a guest's booking never lands on a card that is. Of somebody signed
        in the card is found later (``with_own_card``). A member of staff may set the binding aside.
        """
        chosen = overrides or NONE
        is_staffs = is_insider(self.by)
        set_aside = is_staffs and chosen.bound_professional
        return AskedStart(
            business=self.business,
            service=service,
            location=location,
            professional=professional,
            starts_at=exact(starts_at),
            for_staff=is_staffs,
            overrides=chosen,
            client=self.client if isinstance(self.client, Client) and not set_aside else None,
            is_online=self.is_online,
        )


def admit_booker(
    *,
    business: Business,
    client: Client | Guest | None,
    account: Account | None,
    relative: Client | None = None,
    by: Actor,
) -> Booker:
    """Say for whom the booking is, by the business's *Client login*, or refuse ``LoginRequired``.

    Off: whoever is signed in is a guest here. Optional: a person signed in books for their own card,
    whatever was typed, or for a ``relative`` of their household, and a guest may book. Required: a guest may not.
    The staff, and programs with a token, book in every mode. One query, none for them. Only who is signed in has
    relatives (``NotLent``); that the relative allows it is asked while it is written (``with_own_card``).
    """
    if relative is not None and by.kind is not ActorKind.CLIENT:
        raise NotLent
    if by.kind not in {ActorKind.GUEST, ActorKind.CLIENT}:
        return Booker(business, _somebody(client), account, by)
    door = client_door(business)
    if by.kind is ActorKind.GUEST:
        if door.login is ClientLogin.REQUIRED:
            raise LoginRequired
        return Booker(business, _somebody(client), account, by, door.is_online)
    if account is None:
        message = "a person who is signed in books with their account"
        raise TypeError(message)
    if relative is not None and door.login is ClientLogin.OFF:
        raise NotLent
    if door.login is ClientLogin.OFF:
        typed = client if isinstance(client, Guest) else _as_guest(account)
        return Booker(business, typed, None, Actor.guest(), door.is_online)
    return Booker(business, None, account, by, door.is_online, relative)


def with_own_card(*, asked: AskedStart, form: Form) -> tuple[AskedStart, Form]:
    """Say whose card it will be for who is signed in, before any time is won: its professional binds.

    In the caller's transaction, and no card is held or made: who waits for a time holds no card, as at the desk
    (``ledger/locks.py``). Their card, or for a relative the relative's, which must allow it (``NotLent``), is taken,
    made and asked again once the time is won (``card_of``).
    """
    if form.client is not None:
        return asked, form
    assert form.account is not None  # noqa: S101 -- only an account has an own card
    if form.relative is not None:
        card = lent_card(form.relative, account=form.account)
        return replace(asked, client=card), _as_theirs(form, card)
    foreseen = foreseen_card(business=asked.business, account=form.account)
    is_theirs = foreseen is not None and foreseen.account_id is not None
    return replace(asked, client=foreseen), replace(form, client=foreseen if is_theirs else None)


def _as_theirs(form: Form, card: Client) -> Form:
    """Return the form as the relative's own booking: for their marker, their messages, and should cards ever be parted.

    The zone chosen is the reader's, not theirs; who booked stays with the audit.
    """
    language = card.language or form.language
    return replace(
        form, client=card, account=card.account, asker=form.account, zone="", language=language
    )


def _somebody(client: Client | Guest | None) -> Client | Guest:
    if client is None:
        message = "a booking is for somebody: a card, or a guest as typed"
        raise TypeError(message)
    return client


def _as_guest(person: Account) -> Guest:
    return Guest(person.name, person.email, person.phone, person.language)
