"""Where the person's own places are: the way in for a guest, initials and four places for who is in."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import include, path

from clientela.accounts.models import Account
from clientela.web.design.shapes import Brand

STUDIO = Brand(name="Studio Esempio", url="/studio/")
GIULIA = Account(email="giulia@example.com", name="Giulia Prova")


def _page(request: HttpRequest) -> HttpResponse:
    """Any page."""
    return HttpResponse()


_own = [path(f"{word}/", _page, name=word) for word in ("home", "profile", "messages")]
urlpatterns = [
    path("client/", include((_own, "client"))),
    path("client/", include(([path("balance", _page, name="home")], "balance"))),
    path("client/", include(([path("data", _page, name="data")], "leaving"))),
    path("client/security/", _page, name="security"),
    path("client/logout", _page, name="account_logout"),
]
HERE = override_settings(ROOT_URLCONF=__name__)


def drawn(template: str, user: Account | None, **values: object) -> str:
    """The page as that person reads it; `None` is a guest."""
    request = RequestFactory().get("/studio/?start=20261124T0900Z")
    request.user = user or AnonymousUser()
    return render_to_string(template, {"brand": STUDIO, **values}, request=request)


def places(html: str) -> list[str]:
    """The labels of the bar under the thumb."""
    bar = html[html.index("dock-nav") :]
    return re.findall(r"<span>([^<]+)</span>", bar[: bar.index("</nav>")])


@pytest.mark.req("S2.11")
@pytest.mark.req("S2.13")
def test_a_guest_finds_sign_in_top_right_and_in_the_left_menu() -> None:
    html = drawn(
        "design/public.html", None, sign_in_url="/client/login", create_account_url="/client/new"
    )
    assert html.count('href="/client/login"') == 2
    left = html[html.index("menu-panel-start") : html.index('class="brand"')]
    assert left.index("Sign in") < left.index("Create an account")
    assert html.index('class="brand"') < html.rindex('href="/client/login"')


@HERE
@pytest.mark.req("S2.12")
@pytest.mark.req("S3.20")
def test_who_is_signed_in_opens_the_account_by_their_initials() -> None:
    html = drawn("design/public.html", GIULIA, sign_in_url="/client/login")
    menu = html[html.index("account-menu") : html.index("<main")]
    assert ">GP<" in menu
    assert "Giulia" in menu
    assert [
        label
        for label in ("Appointments", "Balance", "Messages", "My profile", "Security", "Sign out")
        if label in menu
    ] == ["Appointments", "Balance", "Messages", "My profile", "Security", "Sign out"]
    assert "Sign in" not in html


@HERE
def test_signing_out_is_a_post_that_returns_to_the_page_as_a_guest_sees_it() -> None:
    html = drawn("design/public.html", GIULIA, sign_in_url="/client/login")
    form = html[html.index('action="/client/logout"') - 60 :]
    assert form.index('method="post"') < form.index('name="next"')
    assert 'value="/studio/?start=20261124T0900Z"' in form


@HERE
@pytest.mark.req("S3.10")
def test_where_clients_have_no_log_in_there_is_none_for_anybody() -> None:
    for user in (None, GIULIA):
        html = drawn("design/public.html", user)
        assert "Sign in" not in html
        assert "account-menu" not in html


@HERE
def test_a_client_page_has_four_places_twice_and_says_which_one_it_is() -> None:
    html = drawn("design/client.html", GIULIA, current="messages")
    assert places(html) == ["Appointments", "Balance", "Messages", "My profile"]
    assert html.count('href="/client/messages/" aria-current="page"') == 3  # row, bar, menu
    assert html.count("aria-current") == 3
    assert 'content="noindex, nofollow"' in html


@HERE
def test_what_is_kept_of_a_person_is_one_link_away_from_each_of_their_pages() -> None:
    html = drawn("design/client.html", GIULIA, current="data")
    assert 'href="/client/data" aria-current="page"' in html
    assert html.count("aria-current") == 1


@HERE
def test_a_client_page_of_no_business_wears_clientelas_own_mark() -> None:
    assert "design/mark.svg" in drawn("design/client.html", GIULIA, brand=None)


def test_a_person_without_a_name_is_shown_by_their_address() -> None:
    html = drawn("design/public.html", Account(email="x@example.com"), sign_in_url="/client/login")
    assert "x@example.com" in html
