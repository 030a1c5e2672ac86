"""The chat: one thread for each person, lines that stay as said, answers that are told of by mail."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from tests.factories import NOW, make_account

from clientela.accounts.actions.erase_account import erase_account
from clientela.people.queries.own_copy import own_copy
from clientela.platform.actor import Actor
from clientela.platform.models import OutboxEvent
from clientela.support.actions.answer_thread import answer_thread
from clientela.support.actions.close_thread import close_thread
from clientela.support.actions.forget_threads import GUESTS_KEPT, forget_old_guests
from clientela.support.actions.open_thread import keep_thread, open_thread
from clientela.support.actions.see_thread import read_thread, see_thread
from clientela.support.actions.tell_away import AWAY_AFTER, tell_away
from clientela.support.actions.write_line import write_line
from clientela.support.errors import NothingSaid, ThreadEmailInvalid
from clientela.support.models import Line, Side, Thread
from clientela.support.queries.threads import (
    earlier_threads,
    lines_of,
    thread_of,
    thread_rows,
    unseen_for,
    waiting_threads,
)
from clientela.support.queries.threads_told import threads_told
from clientela.support.thread_links import LINK_LASTS, mail_token

pytestmark = pytest.mark.django_db

AGENT = Actor.staff(UUID(int=9), "support")
SECRET = "what the guest's browser holds"
MINUTE = timedelta(minutes=1)


def guests_thread(email: str = "", secret: str = SECRET) -> Thread:
    return open_thread(secret=secret, email=email, language="es", now=NOW)


def answered(thread: Thread, key: str = "a1") -> Line | None:
    return answer_thread(thread=thread, body="Claro.", key=key, by=AGENT, now=NOW)


@pytest.mark.req("S0.17")
def test_a_guests_browser_has_one_thread_and_only_its_hash_is_kept() -> None:
    thread = open_thread(
        secret=SECRET, name="  Ana\u202e  López ", email="ANA@example.com", language="es", now=NOW
    )
    assert (thread.name, thread.email) == ("Ana López", "ana@example.com")
    assert guests_thread().pk == thread.pk
    assert thread.secret_digest != SECRET
    assert thread_of(secret="another one", now=NOW) is None
    with pytest.raises(ThreadEmailInvalid):
        guests_thread("not an address")


def test_an_account_has_one_thread() -> None:
    ana = make_account()
    first = open_thread(account=ana, language="es", now=NOW)
    assert open_thread(account=ana, language="it", now=NOW).pk == first.pk
    assert thread_of(account_id=ana.pk, now=NOW) == first


def test_the_same_form_twice_is_one_line_and_words_are_cleaned() -> None:
    thread = guests_thread()
    assert write_line(thread=thread, body=" ¿Hola?\x00\r\n\u202e ", key="k", now=NOW)
    assert write_line(thread=thread, body="again", key="k", now=NOW) is None
    assert [one.body for one in lines_of(thread)] == ["¿Hola?"]
    assert thread.unread == 1
    with pytest.raises(NothingSaid):
        write_line(thread=thread, body="\u202e \n", key="l", now=NOW)


def test_an_answer_reads_the_thread_and_waits_to_be_seen() -> None:
    thread = guests_thread()
    write_line(thread=thread, body="¿Hola?", key="k", now=NOW)
    line = answered(thread)
    assert line is not None
    assert line.side == Side.SUPPORT
    assert answered(thread) is None
    assert (thread.unread, thread.unseen) == (0, 1)
    assert unseen_for(secret=SECRET, now=NOW) == 1
    see_thread(thread=thread, now=NOW)
    assert unseen_for(secret=SECRET, now=NOW) == 0


def test_what_comes_while_one_looks_stays_new_to_both() -> None:
    looked_at = guests_thread()
    write_line(thread=guests_thread(), body="uno", key="1", now=NOW)
    looked_at.refresh_from_db()
    write_line(thread=guests_thread(), body="dos", key="2", now=NOW)
    read_thread(thread=looked_at)
    answered(guests_thread(), "a1")
    seen = guests_thread()
    answered(guests_thread(), "a2")
    see_thread(thread=seen, now=NOW)
    looked_at.refresh_from_db()
    assert looked_at.unseen == 2


def test_what_was_said_is_never_changed() -> None:
    write_line(thread=guests_thread(), body="uno", key="1", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.update(body="dos")


def test_the_list_shows_what_nobody_read_first_and_leaves_out_what_was_put_aside() -> None:
    threads = [guests_thread(secret=str(number)) for number in range(4)]
    for number, thread in enumerate(threads):
        write_line(thread=thread, body=str(number), key="k", now=NOW + number * MINUTE)
    answer_thread(thread=threads[0], body="sí", key="a", by=AGENT, now=NOW + 9 * MINUTE)
    close_thread(thread=threads[3], by=AGENT, now=NOW)
    assert list(waiting_threads()) == [threads[1], threads[2], threads[0]]
    rows = thread_rows(waiting_threads())
    assert [(row.thread, row.words, row.is_ours) for row in rows] == [
        (threads[1], "1", False), (threads[2], "2", False), (threads[0], "sí", True),
    ]  # fmt: skip
    assert list(waiting_threads(closed=True)) == [threads[3]]
    write_line(thread=threads[3], body="otra vez", key="l", now=NOW)
    assert not waiting_threads(closed=True)


def test_a_guest_who_signs_in_keeps_the_conversation() -> None:
    ana = make_account()
    thread = guests_thread("typed@example.com")
    mailed = mail_token(thread)
    assert keep_thread(account=ana, secret=SECRET, now=NOW) == thread
    assert thread_of(account_id=ana.pk, now=NOW) == thread
    thread.refresh_from_db()
    assert thread.email == ""
    assert thread_of(secret=SECRET, now=NOW) is None
    assert thread_of(mail_token=mailed, now=NOW) is None


def test_a_guest_whose_account_has_a_thread_reads_both() -> None:
    ana = make_account()
    own = open_thread(account=ana, language="es", now=NOW)
    before = guests_thread()
    assert keep_thread(account=ana, secret=SECRET, now=NOW) == own
    assert earlier_threads(account_id=ana.pk, secret=SECRET) == [before]
    assert earlier_threads(account_id=ana.pk) == []


def test_a_mailed_link_opens_its_thread_for_thirty_days() -> None:
    thread = guests_thread("ana@example.com")
    token = mail_token(thread)
    assert thread_of(mail_token=token, now=NOW + LINK_LASTS - MINUTE) == thread
    assert thread_of(mail_token=token, now=NOW + LINK_LASTS) is None
    assert thread_of(mail_token=token[:-1], now=NOW) is None


def test_who_does_not_look_for_five_minutes_is_told_once_for_each_batch() -> None:
    thread, nowhere = guests_thread("ana@example.com"), guests_thread(secret="another")
    for one in (thread, nowhere):
        answered(one, "a1")
        answered(one, "a2")
    assert tell_away(now=NOW + AWAY_AFTER - MINUTE) == 0
    assert tell_away(now=NOW + AWAY_AFTER) == 1
    assert tell_away(now=NOW + 2 * AWAY_AFTER) == 0
    assert OutboxEvent.objects.filter(name="support.AnswerUnseen").count() == 1
    thread.refresh_from_db()
    see_thread(thread=thread, now=NOW)
    answered(thread, "a3")
    assert tell_away(now=NOW + 2 * AWAY_AFTER) == 1


def test_who_has_seen_the_answer_is_not_told() -> None:
    thread = guests_thread("ana@example.com")
    answered(thread)
    see_thread(thread=thread, now=NOW)
    assert tell_away(now=NOW + AWAY_AFTER) == 0


def test_leaving_takes_the_threads_along_also_those_written_as_a_guest() -> None:
    ana = make_account()
    open_thread(account=ana, language="es", now=NOW)
    write_line(thread=open_thread(account=ana, language="es", now=NOW), body="uno", key="", now=NOW)
    assert [one["words"] for one in threads_told(account=ana)] == ["uno"]
    assert own_copy(account=ana, now=NOW)["support"] == threads_told(account=ana)
    guests_thread(ana.email)
    kept = guests_thread("other@example.com", secret="another")
    erase_account(account=ana, by=Actor.client(ana.pk), now=NOW)
    assert list(Thread.objects.all()) == [kept]
    assert forget_old_guests(now=NOW + GUESTS_KEPT) == 0
    assert forget_old_guests(now=NOW + GUESTS_KEPT + MINUTE) == 1
