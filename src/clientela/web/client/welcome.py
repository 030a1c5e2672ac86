"""The door of the welcome mail: a business's card becomes part of the account of the person it is about."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import get_language, gettext_lazy as _

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.actions.release_address import release_address
from clientela.accounts.models import Account
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.people.actions.accept_welcome import accept_welcome
from clientela.people.models import Client
from clientela.people.queries.card_by_welcome import card_by_welcome
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.frame import LATE, WRONG, open_page
from clientela.web.client.reasons import PLAIN, put_refusal, sentence_of
from clientela.web.visit.visit import private
from clientela.web.visitor import language_of, speak

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class NewAccountForm(forms.Form):
    """What a new account needs: a name. The address is the one the mail went to; a password is a wish."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=200,
        error_messages={"required": PLAIN["name-missing"]},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("A password"),
        max_length=256,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def welcome(request: DoorRequest, business: str, token: str) -> HttpResponse:
    """GET shows what is offered, POST takes it up. A closed link and an unknown one look alike."""
    card = card_by_welcome(business=request.business, token=token, now=clock.now())
    if card is None:
        raise Http404
    speak(request, fallback=card.language or language_of(request.business))
    account = _account_of(request)
    if account is not None:
        return _signed_in(request, card, account)
    if account_by_email(card.login_email) is not None:
        return _known(request, card)
    return _new(request, card)


def _account_of(request: HttpRequest) -> Account | None:
    """Who is signed in; the rule of this page admits anybody who holds the link."""
    return request.user if request.user.is_authenticated else None


def _signed_in(request: DoorRequest, card: Client, account: Account) -> HttpResponse:
    """Join the card to the account that is signed in; the mailbox must be one of its own."""
    if request.method != "POST":
        return _page(request, card, account=account)
    try:
        _join(card, account)
    except Refusal as refusal:
        said = sentence_of(refusal)
        return _page(request, card, account=account, refused=said, status=LATE)
    return private(redirect("client:activate"))


def _known(request: DoorRequest, card: Client) -> HttpResponse:
    """The mailbox has an account, and whoever reads it may know: its owner signs in first."""
    if request.method == "POST":
        return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
    return _page(request, card, is_known=True)


def _new(request: DoorRequest, card: Client) -> HttpResponse:
    """Make the account; the link came to its mailbox, which is the proof."""
    initial = {"name": card.record_name}
    form = NewAccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            account = _begin(card, **form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            login(request, account, backend=BACKEND)
            # The link came to the mailbox, which is worth as much as a code from it.
            record_authentication(request, account, method="code", email=account.email)
            return private(redirect("client:activate"))
    return _page(request, card, form=form, status=WRONG if form.errors else 200)


def _begin(card: Client, *, name: str, password: str) -> Account:
    """A new account; one that was begun with this address and never proved gives way, with all that it set."""
    now = clock.now()
    with transaction.atomic():
        release_address(email=card.login_email, now=now)
        account = create_account(
            email=card.login_email,
            name=name,
            password=password or None,
            language=(get_language() or "en")[:2],
            by=Actor.guest(),
            now=now,
        )
        _join(card, account)
    return account


def _join(card: Client, account: Account) -> None:
    accept_welcome(client=card, account=account, by=Actor.client(account.pk), now=clock.now())


def _page(request: DoorRequest, card: Client, *, status: int = 200, **more: object) -> HttpResponse:
    return open_page(
        request,
        "client/welcome.html",
        status=status,
        brand=brand_of(request.business),
        card=card,
        **more,
    )
