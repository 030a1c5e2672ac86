"""Prove the mailbox with which an account was begun: the mailed link shows a page, and its button acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, EmailConfirmationHMAC, Login
from django.shortcuts import render
from django.urls import reverse

from clientela.accounts.errors import AccountGone, AddressUnknown, EmailTaken
from clientela.platform import clock
from clientela.web.sign_in.entrance import entrance, onward, with_next
from clientela.web.sign_in.proof import prove_by_mailbox

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def verify(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows whose address it is, POST proves it. A used, old, altered and unknown link look alike."""
    found = EmailConfirmationHMAC.from_key(key)
    address = found.email_address if found else None
    if address is None or _is_over(address):
        return render(request, "account/email_confirm.html", {**entrance(request), "gone": True})
    if request.method == "POST":
        try:
            return _prove(request, address)
        except (AccountGone, AddressUnknown, EmailTaken):
            return render(
                request, "account/email_confirm.html", {**entrance(request), "gone": True}
            )
    return render(
        request, "account/email_confirm.html", {**entrance(request), "email": address.email}
    )


def _is_over(address: EmailAddress) -> bool:
    expires_at = address.user.expires_at
    return expires_at is not None and expires_at <= clock.now()


def _prove(request: HttpRequest, address: EmailAddress) -> HttpResponse:
    """Prove, and sign in: a link from the mailbox is worth as much as a code from it."""
    account = address.user
    path = onward(request)
    if request.user.is_authenticated and request.user.pk != account.pk:
        get_adapter(request).logout(request)
    dropped = prove_by_mailbox(request, account, email=address.email, now=clock.now())
    if dropped:
        path = with_next(reverse("account_set_password"), path)
    record_authentication(request, account, method="code", email=address.email)
    login = Login(user=account, email=address.email, redirect_url=path or None)
    answer: HttpResponse = perform_login(request, login)
    return answer
