"""A client's record: five tabs, the account that is theirs, and the professional they are bound to."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.factories import NOW, at, book, make_client, make_professional

from clientela.accounts.actions.create_account import create_account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.models import Appointment
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.models import Trouble
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.models import Client, Consent, How, Identifier, NotifyBy, Purpose
from clientela.people.phones import NumberKind
from clientela.platform.actor import Actor
from clientela.platform.audit import history
from clientela.platform.models import OutboxEvent
from clientela.platform.tenancy import business_scope
from clientela.web.desk.clients.notified import CHOICES, NUMBERS, OCCASIONS, PURPOSES

pytestmark = pytest.mark.django_db

TABS = ("", "profile/", "accounting/", "messages/", "history/")


@pytest.fixture
def record(home, client_card) -> str:
    return f"{home}clients/{client_card.pk}/"


@pytest.fixture
def profile() -> dict[str, str]:
    """What the profile's form says of the cast's client, untouched."""
    return {
        "name": "Ana Prueba",
        "notification_email": "ana@example.com",
        "notify_by": "email",
        "language": "",
        "note": "",
    }


@pytest.fixture
def account(client_card):
    """The client's own log-in, with the name as the client writes it."""
    person = create_account(
        email="ana@example.com",
        name="Ana Prueba",
        password="seven quiet herons",
        by=Actor.system("test"),
        now=NOW,
    )
    assert claim_cards(account=person, now=NOW) == [client_card]
    person.name = "Anita"
    person.save()
    return person


@pytest.mark.req("S3.7")
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_and_names_the_others(at_desk, record, client_card, service, tab):
    book(service, at("2026-11-24 10:00"), client=client_card)
    page = at_desk.get(record + tab)
    assert page.status_code == 200
    assert [one.label for one in page.context["tabs"] if one.current] == [
        {"": "Bookings"}.get(tab, tab.strip("/").capitalize())
    ]
    for other in TABS:
        assert f'href="{record}{other}"' in page.text


@pytest.mark.parametrize("tab", TABS)
def test_the_neighbours_find_no_record(sit, outsider, at_desk, record, tab):
    assert sit(outsider).get(record + tab).status_code == 404
    assert at_desk.get(record + tab).status_code == 200


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_costs_the_same_for_one_appointment_and_for_three(
    at_desk, record, client_card, service, tab
):
    counted = []
    for hour in (10, 12, 15):
        book(service, at(f"2026-11-24 {hour}:00"), client=client_card)
        if hour != 12:
            with CaptureQueriesContext(connection) as caught:
                at_desk.get(record + tab)
            counted.append(len(caught))
    assert counted[0] == counted[1], counted


@pytest.mark.req("S1.30")
def test_staff_change_the_notification_email_and_never_the_log_in(
    at_desk, record, profile, account, client_card
):
    at_desk.post(record + "profile/", {**profile, "notification_email": "new@example.com"})
    told = Identifier.objects.get(client=client_card, kind="email", for_notifications=True)
    account.refresh_from_db()
    assert (told.value, told.verified_at, account.email) == (
        "new@example.com",
        None,
        "ana@example.com",
    )


@pytest.mark.req("S1.31")
def test_the_account_section_stands_at_the_bottom_with_the_log_in_email(
    at_desk, record, client_card
):
    page = at_desk.get(record + "profile/").text
    assert page.index('id="h-card"') < page.index('id="h-contacts"') < page.index('id="account"')
    at_desk.post(record + "account/", {"login_email": "Login@Example.com"})
    client_card.refresh_from_db()
    assert client_card.login_email == "login@example.com"
    wrong = at_desk.post(record + "account/", {"login_email": "nobody@"})
    assert wrong.status_code == 422
    assert "nobody@" in wrong.text


@pytest.mark.req("S1.33")
@pytest.mark.req("S1.34")
@pytest.mark.req("S1.35")
@pytest.mark.parametrize("who", ["owner", "desk"])
def test_a_log_in_in_use_is_shown_with_the_notice_and_refused_to_everybody(
    request, sit, record, account, client_card, who
):
    browser = sit(request.getfixturevalue(who))
    page = browser.get(record + "profile/")
    assert "The client already uses the app with this email" in page.text
    assert 'value="ana@example.com" readonly' in page.text
    assert record + "account/" not in page.text
    refused = browser.post(record + "account/", {"login_email": "thief@example.com"})
    assert refused.status_code == 409
    assert "Only the client can change it" in refused.text
    account.refresh_from_db()
    client_card.refresh_from_db()
    assert (account.email, client_card.login_email) == ("ana@example.com", "")


@pytest.mark.req("S1.41")
@pytest.mark.req("S1.42")
def test_both_names_are_shown_and_the_staff_change_only_theirs(
    at_desk, record, profile, account, client_card
):
    assert "in their account: Anita" in at_desk.get(record).text
    at_desk.post(record + "profile/", {**profile, "name": "Ana P."})
    account.refresh_from_db()
    client_card.refresh_from_db()
    assert (client_card.record_name, account.name) == ("Ana P.", "Anita")


@pytest.mark.req("S1.40")
def test_the_welcome_mail_is_sent_and_says_where_to(at_desk, record, client_card):
    page = at_desk.post(record + "welcome/", follow=True)
    assert "The welcome email is on its way to ana@example.com." in page.text
    assert "Send the welcome email again" in page.text
    assert OutboxEvent.objects.filter(name__endswith="WelcomeSent").count() == 1


@pytest.mark.req("S1.40")
def test_the_welcome_mail_says_why_it_does_not_go(at_desk, home, business, account, client_card):
    nowhere = make_client(business, "No Address", "")
    refused = at_desk.post(f"{home}clients/{nowhere.pk}/welcome/")
    assert (refused.status_code, "There is no email to send it to" in refused.text) == (409, True)
    refused = at_desk.post(f"{home}clients/{client_card.pk}/welcome/")
    assert (refused.status_code, "already has an account" in refused.text) == (409, True)


@pytest.mark.req("S1.26")
@pytest.mark.req("S1.29")
def test_a_client_is_bound_to_one_professional_and_freed_again(
    at_desk, record, profile, professional, client_card
):
    for bound in (professional, None):
        at_desk.post(record + "profile/", {**profile, "bound_to": bound.pk if bound else ""})
        client_card.refresh_from_db()
        assert client_card.bound_to_id == (bound.pk if bound else None)
    assert [line.action for line in history(subject=client_card)][-2:] == [
        "client-bound",
        "client-unbound",
    ]


def test_a_foreign_professional_binds_nobody(at_desk, record, profile, next_door, client_card):
    with business_scope(next_door.pk):
        other_professional = make_professional(next_door, "Stranger")
    page = at_desk.post(record + "profile/", {**profile, "bound_to": other_professional.pk})
    assert page.status_code == 422
    client_card.refresh_from_db()
    assert client_card.bound_to is None


def test_messages_are_set_with_their_evidence_and_untouched_facts_write_nothing(
    at_desk, record, profile, client_card
):
    before = history(subject=client_card).count()
    at_desk.post(record + "profile/", profile)
    assert history(subject=client_card).count() == before
    at_desk.post(record + "profile/", {**profile, "notify_by": "none"})
    client_card.refresh_from_db()
    said = Consent.objects.get(client=client_card)
    assert (client_card.notify_by, said.how) == (NotifyBy.NONE, "staff")


def test_a_birthday_is_kept_and_can_be_taken_off(at_desk, record, profile, client_card):
    for given in ("1980-02-29", ""):
        at_desk.post(record + "profile/", {**profile, "birthday": given})
        client_card.refresh_from_db()
        assert str(client_card.birthday or "") == given


def test_accounting_sums_what_takes_place_by_month(at_desk, record, client_card, service):
    days = ("24", "25", "26")
    rows = [
        book(service, at(f"2026-11-{day} 10:00"), client=client_card).appointment for day in days
    ]
    cancel_appointment(appointment=rows[0], by=Actor.system("test"), door="desk", now=NOW)
    months = at_desk.get(record + "accounting/").context["months"]
    assert [(month.first.isoformat(), len(month.rows)) for month in months] == [("2026-11-01", 2)]
    assert months[0].total_minor == 2 * service.price_minor


@pytest.mark.req("S2.20")
def test_what_is_over_is_deleted_for_the_client_and_kept_here(
    at_desk, home, record, client_card, service
):
    one = book(service, at("2026-11-24 10:00"), client=client_card).appointment
    address = f"{home}appointments/{one.pk}/"
    assert "Delete it for the client" not in at_desk.get(address).text
    assert at_desk.post(address + "hide/").status_code == 409
    cancel_appointment(appointment=one, by=Actor.system("test"), door="desk", now=NOW)
    assert "Delete it for the client" in at_desk.get(address).text
    assert at_desk.post(address + "hide/").status_code == 302
    assert Appointment.objects.get(pk=one.pk).hidden_at == NOW
    assert "Deleted from the client’s view" in at_desk.get(address).text
    assert "Deleted for the client" in at_desk.get(record).text


def test_a_card_that_was_taken_up_leads_to_the_one_that_stands(
    at_desk, home, business, client_card
):
    former = make_client(business, "Ana P", "ana.p@example.com")
    Client.objects.filter(pk=former.pk).update(merged_into=client_card, merged_at=NOW)
    page = at_desk.get(f"{home}clients/{former.pk}/")
    assert page.context["card"] == client_card
    listed = at_desk.get(home + "clients/").context["page"].object_list
    assert [card.pk for card in listed] == [client_card.pk]


@pytest.fixture
def bound(client_card, professional):
    """The client, assigned to the professional."""
    return bind_to_professional(
        client=client_card, professional=professional, by=Actor.system("test"), now=NOW
    )


@pytest.mark.req("S1.29")
def test_staff_book_a_bound_client_with_another_only_on_purpose(
    at_desk, home, bound, shared_service, professional, colleague
):
    wish = {"service": str(shared_service.pk), "client": str(bound.pk), "start": "20261124T0900Z"}
    assert at_desk.get(home + "book/", wish).context["choice"].wanted.professional == professional
    elsewhere = {**wish, "professional": str(colleague.pk)}
    asked = at_desk.post(home + "book/", elsewhere)
    assert asked.status_code == 409
    assert "Book with another professional all the same" in asked.text
    assert not Appointment.objects.exists()
    assert at_desk.post(home + "book/", {**elsewhere, "bound_override": "1"}).status_code == 302
    one = Appointment.objects.get()
    assert one.professional == colleague
    assert history(subject=one)[0].details["overrides"] == ["bound_professional"]


@pytest.mark.req("S1.29")
def test_staff_move_a_bound_client_to_another_only_on_purpose(
    at_desk, home, bound, shared_service, professional, colleague
):
    one = book(
        shared_service, at("2026-11-24 10:00"), client=bound, professional=professional
    ).appointment
    move = f"{home}appointments/{one.pk}/move/"
    wish = {"start": "20261124T0900Z", "professional": str(colleague.pk), "key": "k"}
    assert at_desk.post(move, wish).status_code == 409
    assert at_desk.post(move, {**wish, "bound_override": "1"}).status_code == 302
    assert Appointment.objects.get().professional == colleague


@pytest.mark.req("S2.6")
def test_a_card_made_by_hand_comes_with_the_advice_to_invite(at_desk, home):
    given = {"name": "Nueva", "email": "nueva@example.com", "phone": "", "language": ""}
    page = at_desk.post(home + "clients/new/", given, follow=True)
    assert "Send the welcome email, so that they can look after their appointments" in page.text


@pytest.mark.req("S4.25", "S4.26")
def test_by_what_a_client_is_told_is_set_under_personal_information_with_its_evidence(
    at_desk, record, profile, client_card
):
    shown = at_desk.get(record + "profile/").text
    assert shown.index("Personal information") < shown.index("Appointment notifications")
    at_desk.post(
        record + "profile/",
        {**profile, "notify_by": "email_and_sms", "wants_follow_up": "on"},
    )
    client_card.refresh_from_db()
    assert (client_card.notify_by, client_card.wants_follow_up) == (NotifyBy.EMAIL_AND_SMS, True)
    assert {(one.purpose, one.how) for one in Consent.objects.all()} == {
        ("appointments", "staff"),
        ("follow-up", "staff"),
    }
    told = at_desk.get(record + "messages/")
    assert "noted by the staff, Mon 23 Nov" in told.text
    assert told.context["choice"].text == "Email and text"


def test_that_a_client_agreed_is_noted_once_without_changing_the_choice(at_desk, record, profile):
    assert "agreed" in at_desk.get(record + "profile/").context["form"].fields
    at_desk.post(record + "profile/", profile)
    assert not Consent.objects.exists()
    at_desk.post(record + "profile/", {**profile, "agreed": "on"})
    assert Consent.objects.get().notify_by == NotifyBy.EMAIL
    assert "agreed" not in at_desk.get(record + "profile/").context["form"].fields


@pytest.mark.req("S4.23", "S4.24")
def test_the_time_zone_is_seen_and_edited_and_another_than_the_business_is_pointed_out(
    at_desk, record, profile, client_card, location
):
    warning = "This client’s clock is on London time, yours on Madrid time"
    assert warning not in at_desk.get(record + "profile/").text
    at_desk.post(record + "profile/", {**profile, "zone": "Europe/London"})
    client_card.refresh_from_db()
    assert client_card.zone == "Europe/London"
    for tab in ("profile/", "messages/"):
        assert warning in at_desk.get(record + tab).text
    at_desk.post(record + "profile/", {**profile, "zone": location.zone})
    assert warning not in at_desk.get(record + "profile/").text


@pytest.mark.req("S4.6")
def test_each_number_says_what_it_can_take_and_a_stopped_one_how_it_comes_back(
    at_desk, record, client_card
):
    for phone in ("+34612345678", "+34912345678"):
        add_identifier(client=client_card, phone=phone, by=Actor.system("test"), now=NOW)
    change_address_state(
        business_id=client_card.business_id,
        channel="sms",
        address="+34612345678",
        trouble=Trouble.STOPPED,
        because="keyword",
        detail="STOP",
        now=NOW,
    )
    for tab in ("profile/", "messages/"):
        text = at_desk.get(record + tab).text
        assert "Landline: gets no texts" in text
        assert "Nothing is sent here: this number has stopped texts (STOP)" in text
        assert "They get texts again by sending START to your number." in text


def test_a_number_that_the_card_has_no_more_is_pointed_out_on_the_appointment(
    at_desk, home, service, client_card
):
    one = book(service, at("2026-11-24 10:00"), client=client_card).appointment
    Appointment.objects.filter(pk=one.pk).update(phone_used="+34699999999")
    text = at_desk.get(f"{home}appointments/{one.pk}/").text
    assert "Booked with +34 699 99 99 99, which is not on the card" in text


@pytest.mark.parametrize("language", ["en", "es", "it"])
def test_every_choice_kind_and_occasion_has_words(language):
    with override(language):
        said = [
            *(text for text, _icon in CHOICES.values()),
            *(text for text, _icon in NUMBERS.values()),
            *OCCASIONS.values(),
            *PURPOSES.values(),
        ]
        assert all(str(text).strip() for text in said)
    assert (set(CHOICES), set(NUMBERS), set(OCCASIONS), set(PURPOSES)) == (
        set(NotifyBy),
        set(NumberKind),
        set(How),
        set(Purpose),
    )
