"""Accept an invitation: with a new log-in, or by signing in to the one that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import get_language, gettext_lazy as _

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.business.actions.accept_invitation import accept_invitation
from clientela.business.queries.invitation_by_link import invitation_by_link
from clientela.people.actions.claim_cards import claim_cards
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.web.brand import brand_of
from clientela.web.form_refusals import put_refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clientela.business.models import Invitation


class NewAccountForm(forms.Form):
    """A name and a password; the address is the one the invitation was mailed to."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    password = forms.CharField(
        label=_("A password"), max_length=256, strip=False, widget=forms.PasswordInput
    )


def invitation(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Show what is offered; a POST takes it up. A closed link and an unknown one look alike.

    An account that exists is never changed by an invitation: its owner signs in first.
    """
    offer = invitation_by_link(token=token, now=clock.now())
    if offer is None:
        raise Http404
    known = account_by_email(offer.email)
    if known is not None:
        return _with_account(request, offer)
    form = NewAccountForm(request.POST or None, initial={"name": offer.name})
    if request.method == "POST" and form.is_valid():
        try:
            _begin(request, offer, form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect(f"/desk/{business}/")
    return _page(request, offer, form=form)


def _with_account(request: HttpRequest, offer: Invitation) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
    if request.method == "POST":
        try:
            accept_invitation(
                invitation=offer,
                account=request.user,
                by=Actor.client(request.user.pk),
                now=clock.now(),
            )
        except Refusal:
            return _page(request, offer, is_other=True)
        return redirect(f"/desk/{offer.business.slug}/")
    return _page(request, offer, is_other=account_by_email(offer.email) != request.user)


def _begin(request: HttpRequest, offer: Invitation, given: dict[str, Any]) -> None:
    now = clock.now()
    with transaction.atomic():
        account = create_account(
            email=offer.email,
            name=given["name"],
            password=given["password"],
            language=(get_language() or "en")[:2],
            by=Actor.guest(),
            now=now,
        )
        accept_invitation(invitation=offer, account=account, by=Actor.client(account.pk), now=now)
    get_adapter(request).login(request, account)
    claim_cards(account=account, now=now)


def _page(request: HttpRequest, offer: Invitation, **more: object) -> HttpResponse:
    context = {"offer": offer, "brand": brand_of(offer.business), **more}
    return render(request, "sign_in/invitation.html", context)
