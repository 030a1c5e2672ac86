"""The link in an invitation to belong together: for the reader of that mailbox, who signs in to agree."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from clientela.accounts.models import Account
from clientela.people.actions.answer_household import accept_household, refuse_household
from clientela.people.household_links import invitation_of
from clientela.people.models import HouseholdInvitation
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.client.frame import LATE, open_page
from clientela.web.client.household_form import PermissionsForm
from clientela.web.client.reasons import sentence_of
from clientela.web.visit.visit import private
from clientela.web.visitor import speak


def household_invitation(request: DoorRequest, token: str) -> HttpResponse:
    """GET says who asks and changes nothing; POST agrees, for which one signs in, or ends it, for which one need not.

    A link that was used or is too old is not found.
    """
    invitation = invitation_of(token=token, now=clock.now())
    if invitation is None:
        raise Http404
    reader = _reader(request)
    speak(request, fallback=(reader or invitation.account).language or "en")
    form = PermissionsForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, invitation, form=form)
    try:
        done = _answered(request, token, reader=reader, form=form)
    except Refusal as refusal:
        return _page(request, invitation, form=form, refused=sentence_of(refusal), status=LATE)
    if not done:
        return private(redirect(_sign_in_url(request)))
    return _page(request, invitation, form=form, done=done)


def _answered(
    request: DoorRequest, token: str, *, reader: Account | None, form: PermissionsForm
) -> str:
    """Act, and return what came of it as the page's word; nothing, where the reader has to sign in first."""
    now = clock.now()
    if request.POST.get("say") == "no":
        refuse_household(token=token, now=now)
        return "refused"
    if reader is None or not form.is_valid():
        return ""
    done = accept_household(
        account=reader,
        token=token,
        gives=form.permissions,
        by=Actor.client(reader.pk),
        now=now,
    )
    return "formed" if done.formed or not done.waits else "waits"


def _reader(request: HttpRequest) -> Account | None:
    """Who is signed in, if anybody; the rule of this page admits anybody who holds the link."""
    return request.user if request.user.is_authenticated else None


def _sign_in_url(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"


def _page(
    request: DoorRequest,
    invitation: HouseholdInvitation,
    *,
    form: PermissionsForm,
    done: str = "",
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    return open_page(
        request,
        "client/household_invitation.html",
        status=status,
        invitation=invitation,
        reader=_reader(request),
        form=form,
        done=done,
        refused=refused,
        sign_in=_sign_in_url(request),
        sign_up=f"{reverse('account_signup')}?{urlencode({'next': request.path})}",
    )
