"""Links, tokens and sealed parcels."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from clientela.platform import links, sealed, tokens
from clientela.platform.sealed import SealedPayload, Unreadable

OLD, NEW = "o" * 50, "n" * 50


def test_a_link_is_made_again_from_its_purpose_and_nonce() -> None:
    nonce = links.new_nonce()
    token = links.derive(purpose="manage", nonce=nonce)

    assert links.derive(purpose="manage", nonce=nonce) == token
    assert re.fullmatch(r"[A-Za-z0-9_-]{27}", token)
    assert links.matches(token=token, digest=links.digest(token))


def test_no_two_purposes_nonces_or_keys_make_one_link(settings) -> None:
    pairs = [("a", "bc"), ("ab", "c"), ("a:b", "c"), ("a", "b:c"), ("", "abc")]
    made = {links.derive(purpose=purpose, nonce=nonce) for purpose, nonce in pairs}
    settings.SECRET_KEY = NEW
    made |= {links.derive(purpose=purpose, nonce=nonce) for purpose, nonce in pairs}

    assert len(made) == 2 * len(pairs)


@pytest.mark.parametrize(
    "change", [str.upper, lambda t: t[:-1], lambda t: t + "A", lambda t: "", lambda t: t + "=="]
)
def test_a_link_that_was_altered_does_not_match(change) -> None:
    token = links.derive(purpose="manage", nonce="n")

    assert not links.matches(token=change(token), digest=links.digest(token))


def test_a_stored_link_is_made_again_after_the_key_was_rotated(settings) -> None:
    settings.SECRET_KEY = OLD
    token = links.derive(purpose="manage", nonce="n")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]

    assert links.derive(purpose="manage", nonce="n") != token
    assert links.rederive(purpose="manage", nonce="n", digest=links.digest(token)) == token


def test_a_link_whose_key_was_lost_is_not_made_again(settings) -> None:
    digest = links.digest(links.derive(purpose="manage", nonce="n"))
    settings.SECRET_KEY = NEW

    with pytest.raises(LookupError):
        links.rederive(purpose="manage", nonce="n", digest=digest)


def test_a_token_is_random_recognisable_and_not_shown_by_accident() -> None:
    one, two = tokens.new_token(prefix="clk"), tokens.new_token(prefix="clk")

    assert one.plain != two.plain
    assert re.fullmatch(r"clk_[A-Za-z0-9_-]{43}", one.plain)
    assert one.plain not in repr(one)
    assert tokens.matches(plain=one.plain, stored=one.digest)
    assert not tokens.matches(plain=two.plain, stored=one.digest)
    assert one.hint == one.plain[:8]


def test_a_sealed_parcel_is_unreadable_without_its_key_and_readable_with_an_old_one(
    settings,
) -> None:
    settings.SECRET_KEY = OLD
    parcel = sealed.seal({"to": "anna@example.org", "code": "123456"})
    assert "anna" not in parcel

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert sealed.unseal(parcel) == {"to": "anna@example.org", "code": "123456"}

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        sealed.unseal(parcel)


@pytest.mark.django_db
def test_a_kept_parcel_is_read_until_it_is_wiped(now) -> None:
    kept = sealed.keep(purpose="mail", content=["anna@example.org"], now=now)
    assert "anna" not in str(SealedPayload.objects.values().get())
    assert sealed.open_kept(kept) == ["anna@example.org"]

    assert sealed.wipe(kept, now=now)
    assert not sealed.wipe(kept, now=now)
    with pytest.raises(Unreadable):
        sealed.open_kept(kept)
    assert SealedPayload.objects.get().sealed == ""


@pytest.mark.django_db
def test_a_parcel_nobody_fetched_is_wiped_after_a_day(now) -> None:
    kept = sealed.keep(purpose="mail", content="x", now=now)

    assert sealed.wipe_overdue(now + timedelta(hours=23, minutes=59)) == 0
    assert sealed.wipe_overdue(now + timedelta(hours=24)) == 1
    with pytest.raises(Unreadable):
        sealed.open_kept(kept)
