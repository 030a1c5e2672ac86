"""The inbox of the desk: what clients write by text, whose it is, and the answers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, at, book, make_client
from tests.web.desk.messages.conftest import NUMBER

from clientela.conversations.models import Conversation
from clientela.notify.models import AddressState, DirectText, Message, Reason, Trouble
from clientela.people.models import Identifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home):
    return f"{home}messages/"


def _names(answer):
    return [row.name for row in answer.context["rows"]]


@pytest.mark.req("S4.13")
def test_what_a_client_writes_stands_in_the_inbox_with_their_name(at_desk, page, mobile, writes):
    thread = writes("I am five minutes late")
    answer = at_desk.get(page)
    assert _names(answer) == ["Ana Prueba"]
    assert "I am five minutes late" in answer.text
    nav = {link.label: link.count for link in answer.context["nav"]}
    assert nav["Messages"] == 1
    opened = at_desk.get(f"{page}{thread.pk}/")
    assert "I am five minutes late" in opened.text
    assert "Mark as read" in opened.text
    read = at_desk.post(f"{page}{thread.pk}/read/", {"seen": "1"}, follow=True)
    assert {link.label: link.count for link in read.context["nav"]}["Messages"] == 0


def test_what_arrives_while_a_thread_is_read_stays_unread(at_desk, page, mobile, writes):
    thread = writes("First")
    writes("Second")
    at_desk.post(f"{page}{thread.pk}/read/", {"seen": "1"})
    assert Conversation.objects.get().unread == 2
    shown = at_desk.post(f"{page}{thread.pk}/read/", {"seen": "2"}, headers={"HX-Request": "true"})
    assert "Mark as unread" in shown.text
    assert Conversation.objects.get().unread == 0


def test_an_empty_inbox_teaches_what_comes_here(at_desk, page, client, gateway):
    assert "They write to +34 600 11 12 22." in at_desk.get(page).text


def test_without_a_gateway_it_says_what_one_is_for(at_desk, page):
    assert "Your business sends no texts yet" in at_desk.get(page).text


def test_the_newest_thread_comes_first_and_search_finds_names_and_numbers(
    at_desk, page, business, mobile, writes
):
    writes("Hello")
    writes("Who is this", number="+34655000111")
    assert set(_names(at_desk.get(page))) == {"Ana Prueba", "+34 655 00 01 11"}
    assert _names(at_desk.get(page, {"q": "prúeba"})) == ["Ana Prueba"]
    assert _names(at_desk.get(page, {"q": "655 000"})) == ["+34 655 00 01 11"]
    assert _names(at_desk.get(page, {"q": "nobody"})) == []


@pytest.mark.parametrize(
    ("body", "mark"),
    [("STOP", "Stopped texts"), ("start", "Wants texts again"), ("Baja", "Stopped texts")],
)
def test_the_words_that_stop_and_start_texts_are_marked(at_desk, page, mobile, writes, body, mark):
    writes(body)
    assert mark in at_desk.get(page).text


def test_a_professional_reads_the_threads_of_their_own_clients_only(
    sit, professional_member, at_desk, page, business, mobile, service, writes
):
    theirs = writes("Mine")
    others = writes("Another's", number="+34655000111")
    own = sit(professional_member)
    assert _names(own.get(page)) == []
    book(service, at("2026-11-24 10:00"), client=mobile)
    assert _names(own.get(page)) == ["Ana Prueba"]
    assert own.get(f"{page}{theirs.pk}/").status_code == 200
    for path in ("", "answer/", "card/", "aside/", "read/", "unread/", "measure/"):
        send = own.post if path else own.get
        assert send(f"{page}{others.pk}/{path}").status_code == 404
    assert {link.label: link.count for link in own.get(page).context["nav"]}["Messages"] == 1


def test_the_neighbours_find_no_thread(sit, outsider, page, writes):
    thread = writes("Hello")
    assert sit(outsider).get(f"{page}{thread.pk}/").status_code == 404


def test_an_answer_is_queued_and_stands_in_the_thread_with_what_became_of_it(
    at_desk, page, mobile, writes
):
    thread = writes("Can I come at six?")
    answer = at_desk.post(f"{page}{thread.pk}/answer/", {"body": "Yes, see you then"}, follow=True)
    assert "The text is on its way." in answer.text
    sent = DirectText.objects.get()
    assert (sent.body, sent.number, sent.reason) == ("Yes, see you then", NUMBER, Reason.QUEUED)
    (day,) = answer.context["days"]
    assert [line.kind for line in day.lines] == ["in", "out"]
    assert day.lines[1].became.text == "On its way"
    assert day.lines[1].by


def test_an_empty_answer_is_refused_and_nothing_is_sent(at_desk, page, writes):
    thread = writes("Hello")
    answer = at_desk.post(f"{page}{thread.pk}/answer/", {"body": "  "})
    assert answer.status_code == 422
    assert "Write something first." in answer.text
    assert not DirectText.objects.exists()


def test_nobody_answers_who_stopped_and_the_way_back_is_told(at_desk, page, mobile, writes):
    thread = writes("STOP")
    DirectText.objects.all().delete()
    opened = at_desk.get(f"{page}{thread.pk}/")
    assert "No answer can be sent: this number has stopped texts (STOP)" in opened.text
    assert "sending START to your number" in opened.text
    refused = at_desk.post(f"{page}{thread.pk}/answer/", {"body": "But why?"})
    assert refused.status_code == 422
    assert not DirectText.objects.exists()
    writes("START")
    assert "No answer can be sent" not in at_desk.get(f"{page}{thread.pk}/").text
    assert not AddressState.objects.filter(trouble=Trouble.STOPPED).exists()


def test_how_many_texts_an_answer_takes_is_said_while_it_is_typed(at_desk, page, writes):
    thread = writes("Hello")
    measure = f"{page}{thread.pk}/measure/"
    assert "1 text, counted with €0.08" in at_desk.post(measure, {"body": "Yes"}).text
    assert "2 texts" in at_desk.post(measure, {"body": "y" * 161}).text
    assert "2 texts" in at_desk.post(measure, {"body": "ñ€😀" * 25}).text
    assert "One text holds 160" in at_desk.post(measure, {"body": ""}).text


def test_an_unknown_number_is_given_to_a_card_that_then_has_it(at_desk, page, business, writes):
    card = make_client(business, "Berta Nueva", "berta@example.com")
    thread = writes("It is me", number="+34655000111")
    found = at_desk.get(f"{page}{thread.pk}/", {"q": "berta"})
    assert [one.record_name for one in found.context["found"]] == ["Berta Nueva"]
    answer = at_desk.post(f"{page}{thread.pk}/card/", {"client": str(card.pk)}, follow=True)
    assert "It is the conversation with Berta Nueva now." in answer.text
    assert Identifier.objects.filter(client=card, value="+34655000111").exists()
    nobody = at_desk.post(f"{page}{thread.pk}/card/", {"client": "nobody"}, follow=True)
    assert "Choose whose it is." in nobody.text


def test_a_thread_put_aside_comes_back_when_the_client_writes(at_desk, page, mobile, writes):
    thread = writes("Thanks")
    at_desk.post(f"{page}{thread.pk}/aside/", {"choice": "aside"})
    assert _names(at_desk.get(page)) == []
    assert _names(at_desk.get(page, {"box": "aside"})) == ["Ana Prueba"]
    at_desk.post(f"{page}{thread.pk}/aside/", {"choice": "back"})
    assert _names(at_desk.get(page)) == ["Ana Prueba"]
    at_desk.post(f"{page}{thread.pk}/aside/", {"choice": "aside"})
    writes("One more thing")
    assert _names(at_desk.get(page)) == ["Ana Prueba"]


def test_a_thread_can_count_as_unread_again(at_desk, page, mobile, writes):
    thread = writes("Later please")
    at_desk.post(f"{page}{thread.pk}/read/", {"seen": "1"})
    assert _names(at_desk.get(page, {"box": "unread"})) == []
    at_desk.post(f"{page}{thread.pk}/unread/")
    assert _names(at_desk.get(page, {"box": "unread"})) == ["Ana Prueba"]
    assert Conversation.objects.get().unread == 1


def test_what_was_sent_by_itself_stands_between_what_was_written(
    at_desk, page, mobile, writes, service
):
    one = book(service, at("2026-11-24 10:00"), client=mobile).appointment
    Message.objects.create(
        business_id=one.business_id,
        appointment=one,
        occurrence=0,
        rule="reminder",
        timing="before:1440",
        recipient="client",
        recipient_id=mobile.pk,
        channel="sms",
        reason=Reason.DELIVERED,
        address=NUMBER,
        language="es",
        zone="Europe/Madrid",
        message_id="reminder-1",
        due_at=NOW,
        tries=1,
        created_at=NOW,
        settled_at=NOW,
    )
    thread = writes("See you")
    (day,) = at_desk.get(f"{page}{thread.pk}/").context["days"]
    sent = next(line for line in day.lines if line.kind == "sent")
    assert sent.text == "Reminder 24 hours before, by text"
    assert sent.became.text == "Delivered"


def test_inbox_and_thread_cost_the_same_for_one_and_for_many(at_desk, page, mobile, writes):
    thread = writes("First")
    at_desk.get(page)
    counted = []
    for more in (0, 4):
        for number in range(more):
            writes("More")
            writes("Others", number=f"+3465500022{number}")
        at_desk.get(f"{page}{thread.pk}/")
        for path in ("", f"{thread.pk}/"):
            with CaptureQueriesContext(connection) as caught:
                at_desk.get(page + path)
            counted.append(len(caught))
    assert counted[:2] == counted[2:]
    assert max(counted) <= 20, counted


def test_a_long_thread_is_read_from_its_end_and_leads_back(at_desk, page, mobile, writes):
    for number in range(62):
        thread = writes(f"Line {number}")
    answer = at_desk.get(f"{page}{thread.pk}/")
    assert "Line 61" in answer.text
    assert "Line 1<" not in answer.text
    back = at_desk.get(f"{page}{thread.pk}/", {"before": answer.context["earlier"]})
    assert "Line 1<" in back.text
    assert back.context["earlier"] == ""
