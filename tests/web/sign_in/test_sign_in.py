"""Signing in by password, by code, and after forgetting: what is told, to whom, and what is not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from tests import factories
from tests.web.mails import delivered, link_of, text_of
from tests.web.sign_in.conftest import PASSWORD

from clientela.accounts.models import Account
from clientela.business.models import Business, Membership, Role
from clientela.platform.tenancy import business_scope

SIGN_IN = "/client/login"
CODE = "/client/login/code"
RESET = "/client/password/forgotten"


def signed_in(visitor: Client) -> bool:
    return "_auth_user_id" in visitor.session


def sign_in(visitor: Client, password: str = PASSWORD, **more: str) -> object:
    return visitor.post(SIGN_IN, {"login": "olga@example.com", "password": password, **more})


@pytest.mark.parametrize(
    "page",
    [
        SIGN_IN,
        CODE,
        RESET,
        "/client/password/forgotten/sent",
        "/client/password/forgotten/done",
        "/client/login/closed",
        "/client/logout",
    ],
)
def test_every_page_answers_in_our_design(visitor: Client, account: Account, page: str) -> None:
    if "out" in page:
        visitor.force_login(account)
    answer = visitor.get(page)
    assert answer.status_code == 200
    assert "design/tokens" in answer.text
    assert "allauth" not in answer.text


@pytest.mark.parametrize(
    "page", ["/client/password", "/client/password/set", "/client/login/again"]
)
def test_pages_of_the_account_ask_to_sign_in_first(visitor: Client, page: str) -> None:
    answer = visitor.get(page)
    assert answer.status_code == 302
    assert answer["location"].startswith(SIGN_IN)


def test_what_is_not_opened_does_not_exist(visitor: Client) -> None:
    assert visitor.get("/client/email").status_code == 404


def test_the_right_password_opens_the_account_with_a_new_session(
    visitor: Client, account: Account
) -> None:
    visitor.get(SIGN_IN)
    before = visitor.session.session_key
    answer = sign_in(visitor)
    assert answer["location"] == "/client/"
    assert signed_in(visitor)
    assert visitor.session.session_key != before


def test_who_works_somewhere_and_is_nowhere_a_client_lands_at_the_desk(
    visitor: Client, account: Account, business: Business
) -> None:
    with business_scope(business.pk):
        membership = factories.make_member(business, account, Role.OWNER)
    assert sign_in(visitor)["location"] == "/desk/"
    with business_scope(business.pk):
        Membership.objects.filter(pk=membership.pk).update(ended_at=factories.NOW)
    visitor.post("/client/logout")
    assert sign_in(visitor)["location"] == "/client/"


@pytest.mark.parametrize(
    "given",
    [
        {"login": "olga@example.com", "password": "wrong wrong wrong wrong"},
        {"login": "nobody@example.com", "password": PASSWORD},
    ],
)
def test_a_wrong_password_and_an_unknown_address_are_told_the_same(
    visitor: Client, account: Account, given: dict[str, str]
) -> None:
    answer = visitor.post(SIGN_IN, given)
    assert answer.status_code == 200
    assert not signed_in(visitor)
    assert "The address or the password is not right." in answer.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        r"/\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "/\t/evil.example",
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(
    visitor: Client, account: Account, elsewhere: str
) -> None:
    answer = sign_in(visitor, next=elsewhere)
    assert answer["location"] == "/client/"


def test_after_signing_in_one_goes_on_where_one_wanted_to(
    visitor: Client, account: Account
) -> None:
    answer = sign_in(visitor, next="/desk/fisio-retiro/settings/")
    assert answer["location"] == "/desk/fisio-retiro/settings/"


def test_a_code_by_mail_signs_in_once_in_the_persons_language(
    visitor: Client, account: Account
) -> None:
    assert visitor.post(CODE, {"email": "olga@example.com"}).status_code == 302
    (mail,) = delivered("olga@example.com")
    match = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail["subject"]))
    assert match is not None, mail["subject"]
    assert "es tu código para entrar" in str(mail["subject"])
    answer = visitor.post(f"{CODE}/enter", {"code": match[0]})
    assert answer.status_code == 302
    assert signed_in(visitor)
    again = Client()
    assert again.post(f"{CODE}/enter", {"code": match[0]}).status_code == 302
    assert not signed_in(again)


def test_a_code_for_an_unknown_address_looks_the_same(visitor: Client, account: Account) -> None:
    known = visitor.post(CODE, {"email": "olga@example.com"})
    stranger = Client(headers={"accept-language": "en"})
    unknown = stranger.post(CODE, {"email": "nobody@example.com"})
    assert (known.status_code, known["location"]) == (unknown.status_code, unknown["location"])
    pages = [
        re.sub(r'value="[^"]*"|(olga|nobody)@example.com', "", one.get(f"{CODE}/enter").text)
        for one in (visitor, stranger)
    ]
    assert pages[0] == pages[1]


def test_five_wrong_codes_end_the_try(visitor: Client, account: Account) -> None:
    visitor.post(CODE, {"email": "olga@example.com"})
    for _ in range(5):
        visitor.post(f"{CODE}/enter", {"code": "XXXX-XXXX"})
    (mail,) = delivered("olga@example.com")
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail["subject"]))
    assert code is not None
    visitor.post(f"{CODE}/enter", {"code": code[0]})
    assert not signed_in(visitor)


@pytest.mark.req("AUT-04")
@pytest.mark.parametrize(("minutes", "works"), [(14, True), (16, False)])
def test_a_code_works_for_a_quarter_of_an_hour(
    visitor: Client, account: Account, minutes: int, works: bool
) -> None:
    visitor.post(CODE, {"email": "olga@example.com"})
    code = str(delivered("olga@example.com")[-1]["subject"]).split(" ")[0]
    with time_machine.travel(factories.NOW + timedelta(minutes=minutes), tick=False):
        visitor.post(f"{CODE}/enter", {"code": code})
        assert signed_in(visitor) is works


@pytest.mark.req("AUT-04")
def test_a_code_works_in_the_browser_that_asked_and_only_the_latest_one(
    visitor: Client, account: Account
) -> None:
    visitor.post(CODE, {"email": "olga@example.com"})
    first = str(delivered("olga@example.com")[-1]["subject"]).split(" ")[0]
    thief = Client()
    thief.post(CODE, {"email": "olga@example.com"})
    thief.post(f"{CODE}/enter", {"code": first})
    assert not signed_in(thief)
    visitor.post(CODE, {"email": "olga@example.com"})
    visitor.post(f"{CODE}/enter", {"code": first})
    assert not signed_in(visitor)
    latest = str(delivered("olga@example.com")[-1]["subject"]).split(" ")[0]
    visitor.post(f"{CODE}/enter", {"code": latest.lower().replace("-", " ")})
    assert signed_in(visitor)


def test_one_may_come_back_from_the_code_and_choose_another_way(
    visitor: Client, account: Account
) -> None:
    visitor.post(CODE, {"email": "wrong@example.com"})
    assert visitor.get(SIGN_IN).status_code == 200
    assert visitor.get(CODE).status_code == 200
    assert visitor.get("/client/create-account").status_code == 200
    sign_in(visitor)
    assert signed_in(visitor)


def test_a_closed_account_comes_in_by_no_door_and_is_told_nothing(
    visitor: Client, account: Account
) -> None:
    account.is_active = False
    account.save()
    assert "The address or the password is not right." in sign_in(visitor).text
    visitor.post(CODE, {"email": "olga@example.com"})
    assert "código" not in str(delivered("olga@example.com")[-1]["subject"])
    assert not signed_in(visitor)


@pytest.mark.parametrize(
    "looks_alike", ["ol\u0261a@example.com", "olga@\u0435xample.com", "o\u200blga@example.com"]
)
def test_letters_that_look_alike_are_another_address(
    visitor: Client, account: Account, looks_alike: str
) -> None:
    """trust.md row 29: no door takes them for the account's own, and no mail for it goes there."""
    visitor.post(SIGN_IN, {"login": looks_alike, "password": PASSWORD})
    assert not signed_in(visitor)
    visitor.post(CODE, {"email": looks_alike})
    visitor.post(RESET, {"email": looks_alike})
    visitor.post("/client/create-account", {"name": "Olga", "email": looks_alike})
    assert delivered("olga@example.com") == []


@pytest.mark.parametrize("field", ["email", "user_id", "user", "account", "uid", "is_operator"])
def test_who_one_becomes_is_decided_by_the_proof_and_by_no_other_field(
    visitor: Client, account: Account, field: str
) -> None:
    """trust.md row 1."""
    victim = factories.make_account("victim@example.com", "Victim")
    value = {"email": victim.email, "is_operator": "true"}.get(field, str(victim.pk))
    sign_in(visitor, **{field: value})
    assert visitor.session["_auth_user_id"] == str(account.pk)
    account.refresh_from_db()
    assert not account.is_operator


@pytest.mark.req("S3.17")
def test_the_door_of_a_business_says_its_name_and_an_unknown_one_says_nothing(
    visitor: Client, business: Business
) -> None:
    for path in (f"/{business.slug}/", f"/desk/{business.slug}/settings/"):
        page = visitor.get(SIGN_IN, {"next": path}).text
        assert f"Sign in to {business.name}" in page
    for path in ("/nowhere/", "/client/", "//evil.example/fisio-retiro/", ""):
        page = visitor.get(SIGN_IN, {"next": path}).text
        assert "Welcome back" in page
        assert 'value="//evil' not in page


@pytest.mark.req("S3.17")
def test_a_forgotten_password_is_replaced_by_the_mailed_link_once(
    visitor: Client, account: Account
) -> None:
    old = Client()
    old.force_login(account)
    answer = visitor.post(
        RESET, {"email": "olga@example.com"}, headers={"x-forwarded-host": "evil.example"}
    )
    assert answer["location"] == f"{RESET}/sent"
    (mail,) = delivered("olga@example.com")
    link = link_of(mail)
    assert link.startswith(settings.PUBLIC_URL + RESET)
    path = link.removeprefix(settings.PUBLIC_URL)
    form = visitor.get(path, follow=True)
    assert form.status_code == 200
    action = form.redirect_chain[-1][0]
    new = "seven brave blue herons"
    answer = visitor.post(action, {"password1": new, "password2": new})
    assert answer["location"] == f"{RESET}/done"
    assert not signed_in(visitor)
    account.refresh_from_db()
    assert account.check_password(new)
    assert old.get("/desk/").status_code == 302  # the session from before has ended
    assert (
        "no longer works" in Client(headers={"accept-language": "en"}).get(path, follow=True).text
    )
    subjects = [str(one["subject"]) for one in delivered("olga@example.com")]
    assert len(subjects) == 2, subjects  # the link, and the notice that it was used


@pytest.mark.req("AUT-04", "S3.18")
def test_the_reset_link_is_too_old_after_six_hours(visitor: Client, account: Account) -> None:
    visitor.post(RESET, {"email": "olga@example.com"})
    (mail,) = delivered("olga@example.com")
    path = link_of(mail).removeprefix(settings.PUBLIC_URL)
    with time_machine.travel(factories.NOW + timedelta(hours=5, minutes=59), tick=False):
        assert "no longer works" not in visitor.get(path, follow=True).text
    with time_machine.travel(factories.NOW + timedelta(hours=6, minutes=1), tick=False):
        assert "no longer works" in visitor.get(path, follow=True).text


def test_a_reset_for_an_unknown_address_says_the_same_and_tells_only_the_mailbox(
    visitor: Client, account: Account
) -> None:
    answer = visitor.post(RESET, {"email": "nobody@example.com"})
    assert answer["location"] == f"{RESET}/sent"
    mails = delivered("nobody@example.com")
    assert all(RESET not in text_of(one) for one in mails)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1@evil.example", "localhost:1@evil.example"]
)
def test_a_foreign_host_is_refused_outright(visitor: Client, account: Account, host: str) -> None:
    answer = visitor.post(RESET, {"email": "olga@example.com"}, headers={"host": host})
    assert answer.status_code == 400
    assert delivered("olga@example.com") == []


def test_changing_the_password_ends_every_session(visitor: Client, account: Account) -> None:
    other = Client()
    other.force_login(account)
    sign_in(visitor)
    new = "seven brave blue herons"
    answer = visitor.post(
        "/client/password", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer["location"] == f"{RESET}/done"
    assert "signed out everywhere" in visitor.get(answer["location"]).text
    assert not signed_in(visitor)
    assert other.get("/desk/").status_code == 302
    account.refresh_from_db()
    assert account.check_password(new)


@pytest.mark.parametrize("weak", ["too short", "passwordpassword", "olga@example.com"])
def test_a_weak_new_password_is_explained_beside_its_field(
    visitor: Client, account: Account, weak: str
) -> None:
    sign_in(visitor)
    answer = visitor.post(
        "/client/password", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )
    account.refresh_from_db()
    assert answer.status_code == 200
    assert "id_password1-error" in answer.text
    assert account.check_password(PASSWORD)


def test_signing_out_takes_a_post(visitor: Client, account: Account) -> None:
    sign_in(visitor)
    visitor.get("/client/logout")
    assert signed_in(visitor)
    visitor.post("/client/logout")
    assert not signed_in(visitor)


def test_guessing_is_slowed_down_and_a_forged_address_does_not_help(
    visitor: Client, account: Account
) -> None:
    answers = [
        visitor.post(
            SIGN_IN,
            {"login": "olga@example.com", "password": f"guess number {number:06}"},
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        )
        for number in range(20)
    ]
    assert [one.status_code for one in answers] == [200] * 10 + [429] * 10
    assert "Wait a little" in answers[-1].text
    assert sign_in(visitor).status_code == 429
    assert not signed_in(visitor)
