"""The simulator's pages: what was kept, shown safely, and only where mail is simulated."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.test import Client
from django.urls import reverse

from clientela.notify.models import SimulatedMail

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def keep(
    address: str = "ana@example.com", *, html: str = "", message_id: str = "<1@x>"
) -> SimulatedMail:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "Fisio <a@example.org>", address, "Reservada"
    mail.set_content("Hola Ana")
    mail.add_alternative(
        html or '<html><head></head><body><a href="https://example.org/x">Verla</a></body></html>',
        subtype="html",
    )
    mail.add_attachment(
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        maintype="text",
        subtype="calendar",
        filename="appointment.ics",
    )
    return SimulatedMail.objects.create(
        address=address,
        subject="Reservada",
        sender="a@example.org",
        message_id=message_id,
        source=mail.as_bytes(),
        received_at=AT,
    )


def test_the_empty_inbox_says_how_mail_comes_to_be_here(client: Client) -> None:
    answer = client.get(reverse("simulator:home"))
    assert answer.status_code == 200
    assert "No mail yet" in answer.text


def test_everybodys_mail_is_listed_and_one_persons_alone(client: Client) -> None:
    keep("ana@example.com")
    keep("luis@example.com")
    everybody = client.get(reverse("simulator:home")).text
    assert everybody.count('class="mailbox-subject"') == 2
    one = client.get(reverse("simulator:home"), {"to": "luis@example.com"})
    assert one.text.count('class="mailbox-subject"') == 1
    assert [mail.address for mail in one.context["mails"]] == ["luis@example.com"]


def test_a_mail_is_read_with_its_links_and_its_calendar_file(client: Client) -> None:
    kept = keep()
    page = client.get(reverse("simulator:mail", args=[kept.pk]))
    assert "https://example.org/x" in page.text
    assert "Hola Ana" in page.text
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    file = client.get(reverse("simulator:calendar", args=[kept.pk]))
    assert file["Content-Type"].startswith("text/calendar")
    assert file.content.startswith(b"BEGIN:VCALENDAR")


def test_the_html_of_a_mail_is_served_under_a_policy_that_runs_nothing(client: Client) -> None:
    kept = keep(html="<html><head></head><body><script>alert(1)</script>Hola</body></html>")
    answer = client.get(reverse("simulator:html", args=[kept.pk]))
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_link_with_another_scheme_is_not_offered(client: Client) -> None:
    kept = keep(html='<html><head></head><body><a href="javascript:alert(1)">x</a></body></html>')
    assert client.get(reverse("simulator:mail", args=[kept.pk])).context["content"].links == ()


def test_a_second_copy_under_one_message_id_is_shown_as_a_copy(client: Client) -> None:
    keep()
    second = keep()
    page = client.get(reverse("simulator:home"))
    assert page.context["copies"] == {second.pk}
    assert "A copy of the same message" in page.text


def test_a_refresh_with_nothing_new_answers_without_a_page(client: Client) -> None:
    kept = keep()
    url = reverse("simulator:home")
    unchanged = client.get(url, {"seen": str(kept.pk)}, headers={"HX-Request": "true"})
    assert unchanged.status_code == 204
    keep("luis@example.com")
    changed = client.get(url, {"seen": str(kept.pk)}, headers={"HX-Request": "true"})
    assert changed.status_code == 200


@pytest.mark.parametrize("name", ["home", "mail", "html", "calendar", "source"])
def test_where_mail_really_leaves_the_pages_do_not_exist(
    client: Client, settings, name: str
) -> None:
    kept = keep()
    url = reverse(f"simulator:{name}", args=[] if name == "home" else [kept.pk])
    assert client.get(url).status_code == 200
    settings.MAIL_CHANNEL = "smtp"
    assert client.get(url).status_code == 404
    settings.MAIL_CHANNEL, settings.TESTING, settings.DEMO = "simulator", False, False
    assert client.get(url).status_code == 404


def test_the_list_costs_the_same_queries_for_three_mails_as_for_one(
    client: Client, django_assert_num_queries
) -> None:
    keep()
    url = reverse("simulator:home")
    with django_assert_num_queries(2):
        client.get(url)
    keep("b@example.com")
    keep("c@example.com")
    with django_assert_num_queries(2):
        client.get(url)
