"""Where providers push: what is not genuine is answered 400 and writes nothing; junk is never our failure."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import stripe
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.checkout.online import till
from tests.checkout.online.till import LATER
from tests.web.checksum import checksum

from clientela.business.models import Business
from clientela.checkout.actions.book_with_payment import Paying
from clientela.checkout.models import PaymentAttempt, ProviderAccount, ProviderEvent, ProviderName
from clientela.checkout.providers.signature import sign
from clientela.platform.sealed import seal, unseal
from clientela.platform.tenancy import business_scope

STRIPE_SECRET = "whsec_of_this_business"


def push(
    account: ProviderAccount, body: bytes, header: str, *, name: str = "Simulator-Signature"
) -> int:
    """Push bytes as a provider does; answer the status."""
    return (
        Client(enforce_csrf_checks=True)
        .post(
            reverse("pay:hook", args=[account.pk]),
            data=body,
            content_type="application/json",
            headers={name: header},
        )
        .status_code
    )


@pytest.fixture
def attempt(paying: Paying) -> PaymentAttempt:
    return paying.attempt


@pytest.fixture
def neighbour(next_door: Business) -> ProviderAccount:
    with business_scope(next_door.pk):
        return till.connect(next_door)


@pytest.fixture
def stripe_account(business: Business, account: ProviderAccount) -> ProviderAccount:
    """Another account of the business, spoken to as the real one is."""
    return ProviderAccount.objects.create(
        business=business,
        provider=ProviderName.STRIPE,
        remote_id="acct_1",
        sealed_secret=seal("sk_test_1"),
        sealed_hook_secret=seal(STRIPE_SECRET),
        created_at=factories.NOW,
        ended_at=factories.NOW,
    )


def test_a_genuine_event_is_taken_in_without_cookies_or_tokens(attempt: PaymentAttempt) -> None:
    body, headers = till.signed(attempt.provider_account, till.body_of(attempt))
    assert push(attempt.provider_account, body, headers["Simulator-Signature"]) == 200
    attempt.refresh_from_db()
    assert attempt.state == "paid"
    assert push(attempt.provider_account, body, headers["Simulator-Signature"]) == 200
    assert ProviderEvent.objects.count() == 1


def forgeries(body: bytes, secret: str, foreign: str) -> dict[str, tuple[bytes, str]]:
    """Every way in which an event is not genuine: the bytes and the header."""
    good = sign(body=body, secret=secret, now=LATER)
    stamp, mac = good.split(",")
    spaced = json.dumps(json.loads(body), indent=1).encode()
    return {
        "unsigned": (body, ""),
        "nonsense": (body, "t=,v1="),
        "no stamp": (body, mac),
        "two stamps": (body, f"t=1,{good}"),
        "not a number": (body, f"t=1e9,{mac}"),
        "a huge number": (body, f"t={'9' * 400},{mac}"),
        "other digits": (body, f"t=١٢٣,{mac}"),
        "wrong scheme": (body, f"{stamp},v0={mac.removeprefix('v1=')}"),
        "wrong secret": (body, sign(body=body, secret="another", now=LATER)),
        "no secret": (body, sign(body=body, secret="", now=LATER)),
        "other tenant's secret": (body, sign(body=body, secret=foreign, now=LATER)),
        "five minutes old": (
            body,
            sign(body=body, secret=secret, now=LATER - timedelta(seconds=301)),
        ),
        "from the future": (
            body,
            sign(body=body, secret=secret, now=LATER + timedelta(seconds=301)),
        ),
        "another time's signature": (body, f"t={int(LATER.timestamp()) - 1},{mac}"),
        "altered": (body.replace(b"4800", b"0100"), good),
        "re-serialised": (spaced, good),
        "cut": (body[:-1], good),
        "empty": (b"", good),
    }


@pytest.mark.req("PAY-02")
def test_what_is_not_genuine_is_answered_400_and_writes_nothing(
    attempt: PaymentAttempt, stripe_account: ProviderAccount, neighbour: ProviderAccount
) -> None:
    foreign = unseal(neighbour.sealed_hook_secret)
    simulated = json.dumps(till.body_of(attempt)).encode()
    real = json.dumps(_stripe_event(attempt)).encode()
    before = checksum()
    for account, body, name in (
        (attempt.provider_account, simulated, "Simulator-Signature"),
        (stripe_account, real, "Stripe-Signature"),
    ):
        secret = unseal(account.sealed_hook_secret)
        for what, (raw, header) in forgeries(body, secret, foreign).items():
            assert push(account, raw, header, name=name) == 400, (account.provider, what)
    assert checksum() == before
    # The same bytes with the right header are taken: the battery fails for the reason it says.
    header = sign(
        body=simulated, secret=unseal(attempt.provider_account.sealed_hook_secret), now=LATER
    )
    assert push(attempt.provider_account, simulated, header) == 200


def _stripe_event(attempt: PaymentAttempt, **fields: Any) -> dict[str, Any]:
    """A completed Checkout Session, as Stripe pushes it."""
    session = {
        "id": "cs_test_1",
        "object": "checkout.session",
        "metadata": {"attempt": str(attempt.pk)},
        "payment_intent": "pi_1",
        "payment_status": "paid",
        "amount_total": 4800,
        "currency": "eur",
        **fields,
    }
    return {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {"object": session},
    }


def test_the_real_library_s_signature_is_understood(
    attempt: PaymentAttempt, stripe_account: ProviderAccount
) -> None:
    body = json.dumps(_stripe_event(attempt))
    header = stripe.WebhookSignature.generate_signature_header(
        body, STRIPE_SECRET, timestamp=int(LATER.timestamp())
    )
    assert push(stripe_account, body.encode(), header, name="Stripe-Signature") == 200
    # The attempt is another account's: genuine, but not this one's to pay.
    row = ProviderEvent.objects.get()
    assert (row.state, row.reason) == ("quarantined", "unknown-order")


def test_signed_junk_is_answered_400_and_never_500(attempt: PaymentAttempt) -> None:
    account = attempt.provider_account
    secret = unseal(account.sealed_hook_secret)
    deep = b"[" * 100_000
    good = till.body_of(attempt)
    junk: list[bytes] = [
        b"", b"{}", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", b"{", deep,
        *(
            json.dumps({**good, **wrong}).encode()
            for wrong in (
                {"amount": "4800"}, {"amount": 48.0}, {"amount": True}, {"amount": -1},
                {"amount": None}, {"id": 5}, {"kind": None}, {"attempt": {"a": 1}},
                {"card": {"number": "4242424242424242"}}, {"card": 7}, {"currency": []},
            )
        ),
        json.dumps(good).replace("4800", "1e308").encode(),
        json.dumps(good).replace("4800", "NaN").encode(),
    ]  # fmt: skip
    for body in junk:
        assert push(account, body, sign(body=body, secret=secret, now=LATER)) == 400, body[:60]
    assert not ProviderEvent.objects.exists()


def test_an_unknown_account_is_not_found_and_a_large_body_is_not_read(
    attempt: PaymentAttempt,
) -> None:
    account = attempt.provider_account
    nobody = ProviderAccount(pk=factories.make_client(attempt.business).pk)
    assert push(nobody, b"{}", "t=1,v1=00") == 404
    assert push(account, b"x" * (256 * 1024 + 1), "t=1,v1=00") == 413
    assert push(account, b"x" * 3_000_000, "t=1,v1=00") == 413
    assert Client().get(reverse("pay:hook", args=[account.pk])).status_code == 405


def test_a_simulated_account_does_not_exist_in_production(
    attempt: PaymentAttempt, settings: Any
) -> None:
    body, headers = till.signed(attempt.provider_account, till.body_of(attempt))
    settings.TESTING = False
    settings.DEMO = False
    assert push(attempt.provider_account, body, headers["Simulator-Signature"]) == 404
