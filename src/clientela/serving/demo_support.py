"""What people of the demo ask the support, and a family that shares: the support's desk and the client's pages have something to show.

Everything goes through the actions that a person's own clicks would call.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from clientela.accounts.models import Account
from clientela.booking.actions.book import book_appointment
from clientela.booking.actions.lend_credit import lend_credit
from clientela.booking.models import Attribution, Channel
from clientela.booking.queries.alternatives import nearest_alternatives
from clientela.catalogue.models import Service
from clientela.people.actions.add_child import add_child
from clientela.people.actions.ask_household import ask_household
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope
from clientela.rules.attribution import MarkerReason, Newness
from clientela.rules.reclassification import Ground
from clientela.support.actions.answer_thread import answer_thread
from clientela.support.actions.ask_reclassify import ask_reclassify
from clientela.support.actions.open_thread import open_thread
from clientela.support.actions.write_line import write_line

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.business.models import Business

ANA: Final = "ana.prueba@example.com"
LUIS: Final = "luis.muestra@example.com"
"""Lives with Ana, and has not answered yet."""

QUESTION: Final = "Hola, ¿dónde puedo descargar las facturas de las sesiones de este mes?"
ANSWER: Final = (
    "Hola, Ana. Están en Saldo: abre la compra y pulsa «Factura». Si te falta alguna, dinos cuál."
)
THANKS: Final = "¡Encontradas, gracias! Otra cosa: ¿puedo reservar también para mi hijo?"
LENT_FOR: Final = "Fisioterapia"
AHEAD: Final = (6, 9)
"""In how many days the child comes."""

A_GUEST: Final = ("Tom Placeholder", "tom.placeholder@example.org")
FROM_A_GUEST: Final = (
    "Hi, I booked with my work address last week. Can I move it to my private one?"
)

ASKED: Final = (
    ("tomas@fisioterapia.example.com", "professional", Ground.OTHER_CHANNEL,
     "La conozco del año pasado: venía con otra dirección."),
    ("irene@fisioterapia.example.com", "owner", Ground.BEFORE_RECORDS,
     "Ya venía cuando llevábamos la agenda en papel."),
)  # fmt: skip
"""Who asks for a booking to be shown as a returning client's, on what ground, in which words."""


def arrange(*, business: Business, operator: Account, now: datetime) -> None:
    """Let Ana write to the support and name her family, a guest ask something, and two of the staff doubt a marker."""
    ana = Account.objects.get(email=ANA)
    _talk(business, ana, operator=operator, now=now)
    _name_family(business, ana, now=now)
    _doubt_markers(business, now=now)


def _talk(business: Business, ana: Account, *, operator: Account, now: datetime) -> None:
    asked, answered, thanked = (now - timedelta(hours=ago) for ago in (26, 25, 2))
    hers = open_thread(account=ana, business=business, language="es", now=asked)
    write_line(thread=hers, body=QUESTION, key="demo-1", now=asked)
    support = Actor.staff(operator.pk, "support")
    answer_thread(thread=hers, body=ANSWER, key="demo-2", by=support, now=answered)
    write_line(thread=hers, body=THANKS, key="demo-3", now=thanked)
    name, email = A_GUEST
    guests = open_thread(
        secret="of-a-browser-of-the-demo",  # noqa: S106 -- nobody holds it
        business=business,
        name=name,
        email=email,
        language="en",
        now=now - timedelta(minutes=40),
    )
    write_line(thread=guests, body=FROM_A_GUEST, key="demo-1", now=now - timedelta(minutes=40))


def _name_family(business: Business, ana: Account, *, now: datetime) -> None:
    by = Actor.client(ana.pk)
    with business_scope(business.pk):
        card = Client.objects.get(account=ana)
        nico = add_child(account=ana, card=card, name="Nico Prueba", by=by, now=now)
        _lend(business, nico, card, account=ana, now=now)
    ask_household(account=ana, email=LUIS, by=by, now=now)


def _lend(
    business: Business, child: Client, card: Client, *, account: Account, now: datetime
) -> None:
    """Book twice for the child, whose mother lends a session for the first; the second is to be paid."""
    service = Service.objects.get(business=business, name=LENT_FOR)
    booked = [
        book_appointment(
            business=business,
            service=service,
            starts_at=slot.starts_at,
            client=child,
            by=Actor.system("clientela demo"),
            channel=Channel.STAFF,
            door="desk",
            now=now,
        ).appointment
        for days in AHEAD
        for slot in nearest_alternatives(
            business=business,
            service=service,
            starts_at=now + timedelta(days=days),
            now=now,
            limit=1,
            for_staff=True,
        )
    ]
    if booked:
        whose = Actor.client(account.pk)
        lend_credit(appointment=booked[0], lender=card, account=account, by=whose, now=now)


def _doubt_markers(business: Business, *, now: datetime) -> None:
    with business_scope(business.pk):
        first = Attribution.objects.filter(
            reason=MarkerReason.FIRST_VISIT, number=1, appointment__starts_at__lt=now
        ).order_by("-appointment__starts_at")
        for (email, role, ground, words), row in zip(ASKED, first[: len(ASKED)], strict=False):
            ask_reclassify(
                appointment=row.appointment,
                to=Newness.RETURNING,
                ground=ground,
                text=words,
                by=Actor.staff(Account.objects.get(email=email).pk, role),
                now=now,
            )
