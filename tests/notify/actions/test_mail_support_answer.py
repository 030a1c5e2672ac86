"""The support's answer goes by mail to whoever has not looked at it: once, in their language, with a link to it alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from tests.factories import make_account
from tests.notify.actions.test_mail_address_change import leave, token_in
from tests.web.mails import text_of

from clientela.notify.mail_budget import PER_HOUR
from clientela.platform.actor import Actor
from clientela.platform.worker import run_once
from clientela.support.actions.answer_thread import answer_thread
from clientela.support.actions.open_thread import open_thread
from clientela.support.actions.see_thread import see_thread
from clientela.support.actions.tell_away import AWAY_AFTER
from clientela.support.actions.write_line import write_line
from clientela.support.models import Thread
from clientela.support.queries.threads import thread_of

pytestmark = pytest.mark.django_db(transaction=True)
AGENT = Actor.staff(UUID(int=9), "support")
GUEST = "guest@example.com"


def answered(thread: Thread, *words: str, now) -> None:
    for body in words:
        answer_thread(thread=thread, body=body, key="", by=AGENT, now=now)


def told(now) -> list:
    while run_once(now):
        pass
    return leave(now)


@pytest.mark.req("S0.17")
def test_who_is_away_gets_all_the_answers_in_one_mail_with_a_link_to_the_conversation(now) -> None:
    thread = open_thread(secret="x", email=GUEST, language="es", now=now)
    write_line(thread=thread, body="My secret question", key="k", now=now)
    answered(thread, "Ya está unido.\n\nMira tu cuenta.", "¿Algo más?", now=now)
    assert told(now + AWAY_AFTER - timedelta(minutes=1)) == []
    ((address, mail),) = told(now + AWAY_AFTER)
    text = text_of(mail)
    assert address == GUEST
    assert mail["Subject"] == "Te hemos respondido"
    assert text.index("Ya está unido.") < text.index("Mira tu cuenta.") < text.index("¿Algo más?")
    assert "My secret question" not in text
    assert thread_of(mail_token=token_in(mail), now=now) == thread
    assert len(told(now + 3 * AWAY_AFTER)) == 1


def test_an_account_is_told_at_its_own_address_whatever_was_typed(now) -> None:
    ana = make_account("ana@example.com")
    thread = open_thread(account=ana, email=GUEST, language="it", now=now)
    answered(thread, "Fatto.", now=now)
    ((address, mail),) = told(now + AWAY_AFTER)
    assert address == "ana@example.com"
    assert mail["Subject"] == "Ti abbiamo risposto"


def test_who_has_looked_meanwhile_gets_no_mail(now) -> None:
    thread = open_thread(secret="x", email=GUEST, language="es", now=now)
    answered(thread, "Ya está.", now=now)
    see_thread(thread=thread, now=now)
    assert told(now + AWAY_AFTER) == []


@pytest.mark.req("ABU-01")
def test_no_mailbox_is_flooded_by_conversations_in_its_name(now) -> None:
    for number in range(PER_HOUR + 3):
        thread = open_thread(secret=f"browser {number}", email=GUEST, language="es", now=now)
        answered(thread, "Hola.", now=now)
    assert len(told(now + AWAY_AFTER)) == PER_HOUR
