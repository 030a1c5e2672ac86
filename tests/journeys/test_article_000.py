"""The three causes for which a regular client is taken for a new one, each set right by who alone can say so.

Two addresses: the client shows that both mailboxes are theirs. Another channel: the specialist asks the support with
the booking in question. A couple: each says that they belong together. Each time the marker tells why, and what the
specialist is paid follows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.cast import Person
from tests.factories import NOW, SYSTEM
from tests.kit import browser as kit
from tests.payouts.books import MONDAY, SUNDAY, TUESDAY, agree, attend, settle
from tests.people.joins import asked, refuse_token, undo_token
from tests.web.client.conftest import browser_of
from tests.web.mails import delivered, link_of, text_of

from clientela.accounts.models import Account, AccountJoin
from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.models import Appointment, Channel
from clientela.booking.queries.explain_marker import explain_marker
from clientela.business.models import Business, Professional
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope
from clientela.rules.attribution import MarkerPolicy, Newness

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.sqlite,
]
CODE = re.compile(r"\b[A-Z2-7]{4}-[A-Z2-7]{4}\b")


@dataclass(frozen=True)
class House:
    """The browser's world: where it is, who opens pages, and what looks at them."""

    business: Business
    professional: Professional
    owner: Person
    url: str
    open_page: Callable[..., Page]
    calm: Callable[..., None]

    def card(self, account: Account) -> Client:
        """Make the account's own card here."""
        with business_scope(self.business.pk):
            made = factories.make_client(self.business, account.name, account.email)
            return own_card(made, account)

    def visits(
        self, first: Client, second: Client, *, channel: Channel = Channel.WEB
    ) -> Appointment:
        """Let one come on Monday and the other on Tuesday, and close the statement; return the second visit."""
        with business_scope(self.business.pk):
            service = factories.make_service(
                self.business, professionals=(self.professional,), price_minor=6000
            )
            agree(self.business)
            attend(service, MONDAY, first, channel=channel)
            second_visit = attend(service, TUESDAY, second)
            settle(self.professional)
        return second_visit

    def marker(self, visit: Appointment) -> str:
        """What the business reads of it now."""
        with business_scope(self.business.pk):
            return explain_marker(appointment=visit).standing.value

    def browser(self, account: Account, **options: object) -> Page:
        """Open a page of somebody who signed in a moment ago."""
        page = self.open_page(**options)
        browser = browser_of(account)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": browser.cookies[name].value, "url": self.url}
        page.context.add_cookies([cookie])
        return page

    def pays(self, words: str) -> None:
        """Look at what the professional is to be paid, as the owner."""
        page = self.browser(self.owner.account, viewport=kit.DESKTOP)
        page.goto(f"{self.url}/desk/{self.business.slug}/payouts/{self.professional.pk}/")
        expect(page.get_by_text(words).first).to_be_visible()


@pytest.fixture
def house(
    business: Business,
    professional: Professional,
    owner: Person,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    calm: Callable[..., None],
) -> House:
    return House(business, professional, owner, live_server.url, open_page, calm)


@pytest.mark.req("S0.3", "S0.7", "S0.14", "L2")
def test_two_addresses_become_one_person_by_two_codes(house: House) -> None:
    old = proved_account("marta.old@example.com", "Marta Prueba")
    marta = proved_account("marta@example.com", "Marta Prueba")
    visit = house.visits(house.card(old), house.card(marta))
    assert house.marker(visit) == Newness.NEW
    with time_machine.travel(SUNDAY, tick=True):
        page = house.browser(marta, locale="es")
        page.goto(f"{house.url}/client/two-accounts")
        house.calm(page, "two-accounts")
        page.get_by_label("El otro correo").fill(old.email)
        page.get_by_role("button", name="Enviar los dos códigos").click()
        expect(page.get_by_role("heading", name="Dos códigos")).to_be_visible()
        house.calm(page, "two-accounts-codes")
        other, own = (code_for(one.email) for one in (old, marta))
        page.get_by_role("textbox").first.fill(other)
        page.get_by_role("button", name="Confirmar").click()
        expect(page.get_by_text("Confirmado").first).to_be_visible()
        assert house.marker(visit) == Newness.NEW, "one code is nobody's word yet"
        page.set_viewport_size(kit.DESKTOP)
        house.calm(page, "two-accounts-half")
        page.get_by_role("textbox").first.fill(own)
        page.get_by_role("button", name="Confirmar").click()
        expect(page.get_by_text("Tus dos cuentas son una")).to_be_visible()
        house.calm(page, "two-accounts-done")
        assert delivered(old.email), "both mailboxes are told"
        assert house.marker(visit) == Newness.RETURNING
        house.pays("€15.00")
        links(house, marta)


def code_for(address: str) -> str:
    """The code of the newest mail there."""
    found = CODE.search(text_of(delivered(address)[-1]))
    assert found is not None
    return found[0]


def links(house: House, marta: Account) -> None:
    """Look at the pages behind the mailed links: undo the joining, and refuse another wish."""
    join = AccountJoin.objects.latest("asked_at")
    wish = asked(marta, "third@example.com", now=SUNDAY)
    for size in (kit.PHONE, kit.DESKTOP):
        reader = house.open_page(viewport=size, locale="it" if size == kit.PHONE else "es")
        for name, token in (("refuse", refuse_token(wish)), ("undo", undo_token(join))):
            reader.goto(f"{house.url}/client/two-accounts/{name}/{token}")
            house.calm(reader, f"two-accounts-{name}")


@pytest.mark.req("S0.9", "S0.10", "S0.11")
def test_another_channel_is_corrected_by_the_support_for_the_specialist_who_asks(
    house: House, professional_member: Person, client_card: Client
) -> None:
    with business_scope(house.business.pk):
        policy = MarkerPolicy.CHANNEL_STRICT
        choose_marker_policy(business=house.business, policy=policy, by=SYSTEM, now=NOW)
    visit = house.visits(client_card, client_card, channel=Channel.STAFF)
    sofia = proved_account("sofia@example.com", "Sofia Soporte")
    Account.objects.filter(pk=sofia.pk).update(is_support=True)
    with time_machine.travel(SUNDAY, tick=True):
        irene = house.browser(professional_member.account, locale="es")
        irene.goto(f"{house.url}/desk/{house.business.slug}/appointments/{visit.pk}/marker/")
        irene.get_by_label("Lo que sabes al respecto").fill("Nos escribimos antes")
        irene.get_by_role("button", name="Pedir una corrección").click()
        expect(irene.get_by_text("A la espera del soporte o del propietario")).to_be_visible()
        house.calm(irene, "article-asked")
        support = house.browser(sofia, viewport=kit.DESKTOP)
        support.goto(f"{house.url}/support/")
        house.calm(support, "support-queue")
        support.locator("#requests a.inbox-line").click()
        expect(support.get_by_text("Nos escribimos antes")).to_be_visible()
        house.calm(support, "support-request")
        support.get_by_role("button", name="Correct the marker").click()
        expect(support.get_by_role("button", name="Correct the marker")).to_have_count(0)
        delivered(sofia.email)
        assert house.marker(visit) == Newness.RETURNING
        house.pays("€15.00")


@pytest.mark.req("S0.12", "S0.13", "S0.14", "L4")
def test_a_couple_says_that_it_belongs_together_and_stays_two(house: House) -> None:
    marta = proved_account("marta@example.com", "Marta Prueba")
    leo = proved_account("leo@example.com", "Leo Prueba")
    visit = house.visits(house.card(marta), house.card(leo))
    with time_machine.travel(SUNDAY, tick=True):
        page = house.browser(marta, locale="es")
        page.goto(f"{house.url}/client/household/")
        page.locator("input#email").fill(leo.email)
        page.locator("form[action*=household] button").first.click()
        expect(page.get_by_text(leo.email).first).to_be_visible()
        house.calm(page, "article-couple-asked")
        reader = house.browser(leo, viewport=kit.DESKTOP, locale="es")
        reader.goto(house.url + urlsplit(link_of(delivered(leo.email)[-1])).path)
        house.calm(reader, "article-couple-invited")
        reader.locator("button[value=yes]").click()
        expect(reader.locator("button[value=yes]")).to_have_count(0)
        delivered(leo.email)
        assert house.marker(visit) == Newness.RETURNING
        house.pays("€15.00")
