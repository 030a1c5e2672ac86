"""Tags of the person's own places: the sign-in button, the account's menu, the places of a client."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any, Final

from django import template
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_noop

from clientela.web.design.drawing import drawn
from clientela.web.design.shapes import Link

register = template.Library()

# The word a page says of itself, its route, its name, its icon.
PLACES: Final = (
    ("home", "client:home", gettext_noop("Appointments"), "calendar-days"),
    ("balance", "balance:home", gettext_noop("Balance"), "wallet"),
    ("messages", "client:messages", gettext_noop("Messages"), "message-square"),
    ("profile", "client:profile", gettext_noop("My profile"), "user"),
    ("security", "security", gettext_noop("Security"), "shield-check"),
)
UNDER_THE_THUMB: Final = frozenset({"home", "balance", "messages", "profile"})


@register.simple_tag
def client_nav(current: str = "", *, dock: bool = False) -> SafeString:
    """The four places of a signed-in client: a row in the top bar, or (`dock`) the bar under the thumb."""
    links = places(current, only=UNDER_THE_THUMB)
    return drawn("bottom_bar" if dock else "client_tabs", nav=links, links=links)


@register.simple_tag(takes_context=True)
def account_menu(context: Context, *, own: bool = False) -> SafeString:
    """Who is signed in, as initials that open the account's menu; else the button *Sign in*.

    A page of a business says by `sign_in_url` that clients have a log-in there; without it nothing
    is drawn, whoever reads. `own` pages of the signed-in person need not say so.
    """
    sign_in_url = context.get("sign_in_url", "")
    if not (own or sign_in_url):
        return SafeString("")
    user = signed_in_user(context)
    if user is None:
        return drawn("sign_in_button", sign_in_url=sign_in_url) if sign_in_url else SafeString("")
    request = context["request"]
    return drawn(
        "account_menu",
        name=_name(user),
        short_name=getattr(user, "name", "").split(" ")[0],
        links=places(str(context.get("current", "")) if own else ""),
        sign_out_url=address("account_logout"),
        back="" if own else _way_back(request),
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_tag(takes_context=True)
def left_places(context: Context) -> list[Link]:
    """The account's part of the left menu: the ways in for a guest, the places for who is in.

    Nothing where clients have no log-in, and nothing on the person's own pages: there four places
    stand under the thumb, and the account's menu has them all.
    """
    sign_in_url = context.get("sign_in_url", "")
    if not sign_in_url:
        return []
    if signed_in_user(context) is not None:
        return places("")
    ways_in = [Link(label=_("Sign in"), url=sign_in_url, icon="log-in")]
    if join_url := context.get("create_account_url", ""):
        ways_in.append(Link(label=_("Create an account"), url=join_url, icon="user-plus"))
    return ways_in


@register.simple_tag
def own_data_url() -> str:
    """Where a person downloads or erases what is kept of them."""
    return address("leaving:data")


def signed_in_user(context: Context) -> AbstractBaseUser | None:
    """The person who reads the page, if they are signed in; a page without a request has nobody."""
    user = getattr(context.get("request"), "user", None)
    return user if user is not None and user.is_authenticated else None


def places(current: str, *, only: Collection[str] = ()) -> list[Link]:
    """The person's places, or those named; one that no address of the installation answers is not drawn."""
    return [
        Link(label=_(label), url=url, icon=icon, current=word == current)
        for word, name, label, icon in PLACES
        if (not only or word in only) and (url := address(name))
    ]


def address(name: str) -> str:
    """The address of a route, or nothing where there is no such route."""
    with suppress(NoReverseMatch):
        return reverse(name)
    return ""


def _name(user: Any) -> str:  # noqa: ANN401 -- any account: the design knows no model
    """The person's name; before they have given one, the address they sign in with."""
    return str(user.name or user.email)


def _way_back(request: HttpRequest) -> str:
    """Where signing out leads from a public page: the same page, as a guest sees it."""
    return request.get_full_path() if request.method == "GET" else ""
