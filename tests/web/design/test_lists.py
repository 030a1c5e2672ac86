"""What is drawn many times: each part says in words what it shows in colour."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from clientela.web.design import list_tags
from clientela.web.design.days import group_slots
from clientela.web.design.gallery import entries, starts, strip, thread
from clientela.web.design.shapes import Link


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def test_a_day_that_cannot_be_chosen_is_no_link_and_says_why() -> None:
    html = list_tags.day_strip(strip(), 540, 1200, "A week")
    assert words(html).startswith("Mon 23 today, full Tue 24 9 times")
    assert html.count('<a class="day"') == 4
    assert html.count('<span class="day day-off"') == 3
    assert html.count('aria-current="date"') == 1


def test_every_start_is_read_with_its_zone() -> None:
    with override("it"):
        html = list_tags.slot_list(group_slots(starts(), zone="Europe/London"), "Europe/London")
        said = words(html)
    assert said.startswith(
        "Mattina 5 orari liberi 01:30 ora di Londra (BST) la prima, BST 01:30 ora di Londra (GMT) di nuovo, GMT"
    )
    assert html.count('<a class="slot"') == html.count("ora di Londra") == len(starts())
    assert html.count('aria-current="true"') == 1


def test_a_month_links_only_free_days_and_names_them_whole() -> None:
    html = list_tags.month(date(2026, 11, 1), {date(2026, 11, 24): "/d"}, date(2026, 11, 24))
    assert re.findall(r"<a [^>]+>", html) == [
        '<a href="/d" aria-current="date" aria-label="Tuesday 24 November, with free times">'
    ]
    assert "November 2026" in words(html)


def test_an_agenda_names_each_visit_with_time_and_place_of_the_clock() -> None:
    said = words(
        list_tags.agenda(entries(), "Europe/London", datetime(2026, 11, 24, 11, 30, tzinfo=UTC))
    )
    assert "11:00 45 min Rosa Demo , 11:00 London" in said
    assert said.index("Rosa Demo") < said.index("Now, 11:30 (London)") < said.index("Pablo Muestra")


def test_a_thread_says_what_when_and_why() -> None:
    said = words(list_tags.thread(thread()))
    assert "Reminder, text Not sent Opted out: STOP received Sat 14 Nov." in said


def test_a_tab_that_warns_says_so_to_those_who_see_no_colour() -> None:
    links = [
        Link(label="Visits", url="/v", current=True, count=2, warns=True),
        Link(label="Profile", url="/p"),
    ]
    with override("es"):
        assert words(list_tags.tabs(links, "Ficha")) == "Visits aviso: 2 Profile"


def test_paging_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/clients?q=ana&page=2")
    html = Template("{% load design %}{% pagination page %}").render(
        Context({"request": request, "page": Paginator(range(60), 20).page(2)})
    )
    assert re.findall(r'href="([^"]+)"', html) == ["?q=ana&amp;page=1", "?q=ana&amp;page=3"]
    assert "Page 2 of 3" in words(html)
