"""An account with a text gateway: what is kept, what is sealed, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import factories
from tests.factories import NOW

from clientela.business.models import Business
from clientela.notify.actions.connect_text_gateway import connect_text_gateway
from clientela.notify.actions.disconnect_text_gateway import disconnect_text_gateway
from clientela.notify.actions.set_text_limits import set_text_limits
from clientela.notify.channels.sms.port import NotFromHere
from clientela.notify.channels.sms.registry import opened
from clientela.notify.errors import GatewayRefused, NoTextGateway
from clientela.notify.models import GatewayName, SenderKind, TextGateway
from clientela.notify.text_account import GatewayAccount, TextLimits
from clientela.platform.audit import AuditEvent

pytestmark = pytest.mark.django_db

TWILIO = GatewayAccount(
    gateway=GatewayName.TWILIO,
    account="AC" + "0" * 32,
    token="a secret",
    sender="+34 600 000 000",
    sender_kind=SenderKind.LONG_NUMBER,
)
OWN = GatewayAccount(
    gateway=GatewayName.HTTP,
    url="https://texts.example.com/send",
    token="one",
    hook="two",
    sender="Fisio",
    sender_kind=SenderKind.NAME,
)
LIMITS = TextLimits(price_minor=8, cap_minor=2000, countries=["pt", "ES", "es "])


@pytest.fixture
def place(business: Business, scope: None) -> Business:
    return business


def connect(
    business: Business, account: GatewayAccount = TWILIO, limits: TextLimits = LIMITS
) -> TextGateway:
    return connect_text_gateway(
        business=business, account=account, limits=limits, by=factories.SYSTEM, now=NOW
    )


def test_an_account_is_kept_with_its_secrets_sealed(place):
    row = connect(place)
    row.refresh_from_db()
    assert (row.sender, row.countries, row.currency) == ("+34600000000", ["ES", "PT"], "EUR")
    assert "a secret" not in row.sealed
    assert opened(row).token == "a secret"
    (noted,) = AuditEvent.objects.filter(action="text-gateway-connected")
    assert "secret" not in str(noted.details)
    assert "secret" not in repr(TWILIO)


def test_new_secrets_of_the_same_account_keep_its_row_and_another_account_follows_it(place):
    first = connect(place)
    assert connect(place, replace(TWILIO, token="newer")).pk == first.pk
    second = connect(place, OWN)
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (NOW, None)
    assert opened(first).token == "newer", "it still hears news of its old texts"
    assert (second.account, opened(second).hook) == ("", "two")


def test_it_ends_once(place):
    connect(place)
    assert disconnect_text_gateway(business=place, by=factories.SYSTEM, now=NOW)
    assert not disconnect_text_gateway(business=place, by=factories.SYSTEM, now=NOW)
    with pytest.raises(NoTextGateway):
        set_text_limits(business=place, limits=LIMITS, by=factories.SYSTEM, now=NOW)


def test_limits_are_set_without_the_secrets(place):
    connect(place)
    limits = TextLimits(price_minor=9, cap_minor=900, countries=["IT"])
    row = set_text_limits(business=place, limits=limits, by=factories.SYSTEM, now=NOW)
    row.refresh_from_db()
    assert (row.price_minor, row.cap_minor, row.countries) == (9, 900, ["IT"])
    assert opened(row).token == "a secret"


def test_the_simulated_one_is_for_demos_only(place, settings):
    account = replace(TWILIO, gateway=GatewayName.SIMULATOR, token="", account="")
    assert connect(place, account).gateway == GatewayName.SIMULATOR
    settings.DEMO = settings.TESTING = False
    with pytest.raises(NotFromHere):
        connect(place, account)


@pytest.mark.parametrize(
    ("account", "reason", "field"),
    [
        (replace(TWILIO, account="AC12"), "account-refused", "account"),
        (replace(TWILIO, token=""), "secret-refused", "token"),
        (replace(TWILIO, token="x" * 300), "secret-refused", "token"),
        (replace(TWILIO, token="né"), "secret-refused", "token"),
        (replace(TWILIO, sender="600 000 000"), "sender-refused", "sender"),
        (replace(TWILIO, sender="nobody"), "sender-refused", "sender"),
        (replace(TWILIO, sender_kind=SenderKind.SHORT_CODE), "sender-refused", "sender"),
        (replace(OWN, sender="A name too long"), "sender-refused", "sender"),
        (replace(OWN, sender="12345"), "sender-refused", "sender"),
        (replace(OWN, sender="Fisio<b>"), "sender-refused", "sender"),
        (replace(OWN, hook=""), "secret-refused", "hook"),
        (replace(OWN, url=""), "url-refused", "url"),
        (replace(OWN, url="ftp://texts.example.com"), "url-refused", "url"),
        (replace(OWN, url="https://me:secret@texts.example.com/"), "url-refused", "url"),
    ],
)
def test_what_cannot_be_an_account_is_blamed_on_its_field(place, account, reason, field):
    with pytest.raises(GatewayRefused) as refused:
        connect(place, account)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert not TextGateway.objects.exists()


@pytest.mark.parametrize(
    ("limits", "reason", "field"),
    [
        (replace(LIMITS, price_minor=0), "price-refused", "price_minor"),
        (replace(LIMITS, price_minor=1001), "price-refused", "price_minor"),
        (replace(LIMITS, cap_minor=7), "cap-refused", "cap_minor"),
        (replace(LIMITS, countries=[]), "country-missing", "countries"),
        (replace(LIMITS, countries=["ES", "XX"]), "country-unknown", "countries"),
    ],
)
def test_limits_that_limit_nothing_are_refused(place, limits, reason, field):
    with pytest.raises(GatewayRefused) as refused:
        connect(place, limits=limits)
    assert (refused.value.reason, refused.value.field) == (reason, field)


def test_a_short_code_and_a_name_are_senders_of_their_kind(place):
    short = replace(TWILIO, sender="25252", sender_kind=SenderKind.SHORT_CODE)
    assert connect(place, short).sender == "25252"
    assert (
        connect(place, replace(OWN, sender=" Fisio  Retiro ".strip()[:11])).sender == "Fisio Reti"
    )
