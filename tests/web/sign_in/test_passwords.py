"""Passwords at the doors: the rule of `rules.password_rule`, the words an attacker knows, and what a change ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from tests import factories
from tests.web.mails import delivered, link_of, text_of
from tests.web.sign_in.conftest import PASSWORD

from clientela.accounts.models import Account
from clientela.business.models import Business, Role
from clientela.platform.tenancy import business_scope, system_scope

RESET = "/client/password/forgotten"
NEW = "seven brave blue herons"
REAL = "clientela.accounts.hashers.Argon2"


@pytest.mark.req("AUT-09")
def test_the_names_of_ones_own_businesses_are_words_an_attacker_tries(
    account: Account, business: Business
) -> None:
    validate_password("retiro fisio 2026!", account)
    with business_scope(business.pk):
        factories.make_member(business, account, Role.OWNER)
    with pytest.raises(ValidationError, match="name of the business"):
        validate_password("retiro fisio 2026!", account)


@pytest.mark.req("AUT-09")
def test_the_business_one_is_a_client_of_counts_as_well(
    account: Account, business: Business
) -> None:
    with business_scope(business.pk):
        card = factories.make_client(business)
    with system_scope("a test attaches a card"):
        type(card).objects.filter(pk=card.pk).update(account=account)
    with pytest.raises(ValidationError):
        validate_password("retiro fisio 2026!", account)


@pytest.mark.req("AUT-09")
@pytest.mark.parametrize("common", ["passwordpassword", "1234567890123456", "qwertyuiopqwertyuiop"])
def test_the_lists_of_common_passwords_are_really_read(common: str) -> None:
    with pytest.raises(ValidationError, match="tried first"):
        validate_password(common)


@pytest.mark.req("AUT-09")
@override_settings(PASSWORD_HASHERS=[REAL])
def test_a_password_is_the_same_from_every_keyboard(visitor: Client, account: Account) -> None:
    account.set_password("cafe\u0301 con leche y ﬁn")
    account.save()
    typed = {"login": account.email, "password": "café con leche y fin"}
    visitor.post("/client/login", typed)
    assert "_auth_user_id" in visitor.session


@pytest.mark.req("AUT-09")
def test_a_long_password_may_be_pasted_and_nothing_of_it_is_cut(
    visitor: Client, account: Account
) -> None:
    song = "four calm green otters swim past seven brave blue herons; "
    longest = (song * 5)[:256]
    account.set_password(longest)
    account.save()
    page = visitor.get("/client/login").text
    assert 'maxlength="256"' in page
    assert "onpaste" not in page
    visitor.post("/client/login", {"login": account.email, "password": longest[:-1] + "x"})
    assert "_auth_user_id" not in visitor.session
    visitor.post("/client/login", {"login": account.email, "password": longest})
    assert "_auth_user_id" in visitor.session


@pytest.mark.req("S3.16")
def test_who_signs_in_with_a_provider_is_told_so_by_mail_only(
    visitor: Client, account: Account
) -> None:
    account.set_unusable_password()
    account.save()
    SocialAccount.objects.create(user=account, provider="google", uid="1")
    answer = visitor.post(RESET, {"email": account.email})
    assert answer["location"] == f"{RESET}/sent"
    (mail,) = delivered(account.email)
    assert str(mail["subject"]) == "Tú entras con Google"
    assert RESET not in text_of(mail)
    page = visitor.get(answer["location"]).text
    assert "Google" not in page


def test_who_has_a_password_besides_a_provider_may_replace_it(
    visitor: Client, account: Account
) -> None:
    SocialAccount.objects.create(user=account, provider="google", uid="1")
    visitor.post(RESET, {"email": account.email})
    (mail,) = delivered(account.email)
    assert link_of(mail).startswith(f"{settings.PUBLIC_URL}{RESET}/")


@pytest.mark.req("S3.19")
def test_a_reset_goes_to_the_address_of_the_log_in_and_never_to_a_contacts(
    visitor: Client, account: Account, business: Business
) -> None:
    """A business's notification address for the same person opens nothing."""
    with business_scope(business.pk):
        card = factories.make_client(business, "Olga", "olga.at.work@example.com")
    with system_scope("a test attaches a card"):
        type(card).objects.filter(pk=card.pk).update(account=account)
    visitor.post(RESET, {"email": "olga.at.work@example.com"})
    assert delivered(account.email) == []
    (mail,) = delivered("olga.at.work@example.com")
    assert RESET not in text_of(mail)
    visitor.post(RESET, {"email": account.email})
    assert link_of(delivered(account.email)[-1]).startswith(f"{settings.PUBLIC_URL}{RESET}/")


@pytest.mark.req("AUT-04", "S3.18")
@pytest.mark.parametrize("ends", ["used", "password changed", "signed in since", "another's"])
def test_a_reset_link_ends_with_what_it_was_made_for(
    visitor: Client, account: Account, ends: str
) -> None:
    visitor.post(RESET, {"email": account.email})
    path = link_of(delivered(account.email)[-1]).removeprefix(settings.PUBLIC_URL)
    if ends == "used":
        form = visitor.get(path, follow=True).redirect_chain[-1][0]
        visitor.post(form, {"password1": NEW, "password2": NEW})
    elif ends == "password changed":
        account.set_password("five old grey badgers")
        account.save()
    elif ends == "signed in since":
        with time_machine.travel(factories.NOW + timedelta(minutes=1), tick=False):
            Client().post("/client/login", {"login": account.email, "password": PASSWORD})
    else:
        other = factories.make_account("other@example.com", "Other")
        from allauth.account.utils import user_pk_to_url_str  # noqa: PLC0415 -- only here

        mine, theirs = (user_pk_to_url_str(one) for one in (account, other))
        path = path.replace(mine, theirs)
    stranger = Client(headers={"accept-language": "en"})
    assert "no longer works" in stranger.get(path, follow=True).text


@pytest.mark.req("AUT-05")
def test_a_reset_signs_out_everywhere_and_the_next_sign_in_has_a_new_key(
    visitor: Client, account: Account
) -> None:
    others = [Client(), Client()]
    for one in others:
        one.post("/client/login", {"login": account.email, "password": PASSWORD})
        assert one.get("/client/password").status_code == 200
    visitor.post(RESET, {"email": account.email})
    path = link_of(delivered(account.email)[-1]).removeprefix(settings.PUBLIC_URL)
    form = visitor.get(path, follow=True).redirect_chain[-1][0]
    visitor.post(form, {"password1": NEW, "password2": NEW})
    assert [one.get("/client/password").status_code for one in others] == [302, 302]


@pytest.mark.req("AUT-05")
@pytest.mark.parametrize(
    ("visits", "stays"),
    [
        ([13.9], True),
        ([14.0], False),
        ([10, 20, 29.9], True),
        ([10, 20, 30.0], False),
    ],
)
def test_a_session_ends_two_weeks_after_the_last_visit_and_thirty_days_after_the_sign_in(
    visitor: Client, account: Account, visits: list[float], stays: bool
) -> None:
    visitor.post("/client/login", {"login": account.email, "password": PASSWORD})
    for day in visits:
        with time_machine.travel(factories.NOW + timedelta(days=day), tick=False):
            status = visitor.get("/client/password").status_code
    assert (status == 200) is stays


def test_an_old_address_of_the_desk_leads_to_the_one_door(visitor: Client) -> None:
    answer = visitor.get("/desk/sign-in/?next=/desk/fisio-retiro/")
    assert (answer.status_code, answer["location"]) == (
        301,
        "/client/login?next=/desk/fisio-retiro/",
    )
    assert visitor.get("/desk/password/reset/")["location"] == RESET


@pytest.mark.parametrize(
    "page", ["/client/login", "/client/create-account", "/client/verify", RESET, "/client/logout"]
)
def test_a_slash_more_leads_to_the_one_address(visitor: Client, page: str) -> None:
    answer = visitor.get(f"{page}/?next=/client/")
    assert (answer.status_code, answer["location"]) == (301, f"{page}?next=/client/")
