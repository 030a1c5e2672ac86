"""Mistyped addresses, and who keeps a mailbox."""

from __future__ import annotations

import pytest

from clientela.rules import mail_hosts
from clientela.rules.mail_hosts import LOOK_ALIKES, PROVIDERS, is_large_provider, likely_meant
from clientela.rules.near_miss import is_near_miss, slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmai.com", "ana@gmail.com"),
        ("ana@hotmial.es", "ana@hotmail.es"),
        ("ana@exmaple.com", "ana@example.com"),
        ("Ana@Outlok.com", "Ana@outlook.com"),
        ("ana@libero.ti", "ana@libero.it"),
        ("ana@mysalon.con", "ana@mysalon.com"),
    ],
)
def test_a_slip_is_noticed(typed: str, meant: str) -> None:
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "ana@gmail.com",
        "ana@GMAIL.com",
        "ana@gmx.de",
        "ana@mysalon.es",
        "ana@mac.com",
        "ana@sky.org",
        "ana@uni.it",
        "ana",
        "@gmial.com",
        "",
    ],
)
def test_what_may_be_meant_as_typed_is_left_alone(typed: str) -> None:
    assert likely_meant(typed) == ""


@pytest.mark.parametrize("domain", sorted(LOOK_ALIKES | set(PROVIDERS)))
def test_a_real_host_is_never_asked_about(domain: str) -> None:
    assert likely_meant(f"ana@{domain}") == ""
    assert likely_meant(f"Ana@{domain.upper()}") == ""


@pytest.mark.parametrize("domain", sorted(LOOK_ALIKES))
def test_without_the_list_a_look_alike_would_be_asked_about(
    domain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nothing stands on the list in vain."""
    assert domain not in PROVIDERS
    monkeypatch.setattr(mail_hosts, "LOOK_ALIKES", frozenset())
    assert likely_meant(f"ana@{domain}")


@pytest.mark.parametrize(
    "domain", ["gmx.net", "correo.uam.es", "grail.com.es", "gimnasio.com", "a.b"]
)
def test_a_host_that_resembles_from_afar_is_left_alone(domain: str) -> None:
    assert likely_meant(f"ana@{domain}") == ""


@pytest.mark.parametrize("domain", PROVIDERS)
def test_two_swapped_letters_of_a_long_name_lead_back_to_a_provider(domain: str) -> None:
    if len(domain) < 9:
        return
    typed = f"{domain[0]}{domain[2]}{domain[1]}{domain[3:]}"
    assert likely_meant(f"ana@{typed}") == ("" if typed == domain else f"ana@{domain}")


def test_slips_are_counted() -> None:
    assert slips("gmail.com", "gmail.com") == 0
    assert slips("gmial.com", "gmail.com") == 1  # swapped
    assert slips("gmal.com", "gmail.com") == 1  # missing
    assert slips("gmaill.com", "gmail.com") == 1  # too many
    assert slips("gmeil.con", "gmail.com") == 2


def test_one_slip_makes_a_near_miss_and_two_do_not() -> None:
    assert is_near_miss("+34600000012", "+34600000021")
    assert is_near_miss("+34600000012", "+3460000012")
    assert not is_near_miss("+34600000012", "+34600000012")
    assert not is_near_miss("+34600000012", "+34611000012")
    assert not is_near_miss("", "+34600000012")


def test_a_host_of_ones_own_is_told_from_a_large_provider() -> None:
    assert is_large_provider("ana@GMAIL.com")
    assert not is_large_provider("ana@mysalon.es")
    assert not is_large_provider("")
