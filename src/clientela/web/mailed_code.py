"""A sign-in code mailed from a public page, to an address that may or may not have an account.

It is the code of the sign-in door: asked for there too, it is kept in the same place, counted by the same limits and typed on
the same page. The one difference: a new address gets a real code as well, so that who types it begins an account with a mailbox
that is proved already. Before that nothing exists, and no answer tells which of the two it will be.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import wraps
from typing import TYPE_CHECKING, Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController

from clientela.accounts.models import Account
from clientela.accounts.queries.account_at import account_at
from clientela.platform.ids import uuid7
from clientela.rules.name_match import normalise_email
from clientela.web.guess_limits import Way, may_try

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    View = Callable[[HttpRequest], HttpResponse]

_BEGINS: Final = "begins"
_OVER: Final = "mailed_code_over"


@dataclass(frozen=True, kw_only=True, slots=True)
class Newcomer:
    """What an account begins with, should the address be new; and at which business the code was asked for."""

    name: str
    language: str
    zone: str
    business: str


class _CodeForAnybody(LoginCodeVerificationProcess):  # type: ignore[misc]  # allauth is untyped
    """allauth's code by mail, with a real code for an address that nobody has."""

    def send_by_email(self, email: str, *, skip_enumeration_mails: bool = False) -> None:  # noqa: ARG002 -- allauth's signature
        """Make a code and mail it."""
        context = {
            "request": self.request,
            "code": self.generate_code(),
            "business": self.state[_BEGINS]["business"],
        }
        get_adapter().send_mail("account/email/login_code", email, context)


def mail_code(request: HttpRequest, *, email: str, newcomer: Newcomer, now: datetime) -> bool:
    """Mail a code to the address, and keep in this session that it is awaited; nothing else, when it was too often.

    One look-up, one code and one mail for any address (AUT-02). Five mails in an hour to one address, whichever
    door asked for them.
    """
    address = normalise_email(email)
    if not may_try(request=request, way=Way.CODE_MAIL, about=address, now=now):
        return False
    account, _is_proved = account_at(address)
    login = Login(user=account, email=address)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    begun = _CodeForAnybody.initial_state(user=account, email=address)
    stage.state.update(begun, initiated_by_user=True, **{_BEGINS: asdict(newcomer)})
    process = _CodeForAnybody(stage=stage)
    process.send()
    process.persist()
    request.session.pop(_OVER, None)
    return True


def awaited_newcomer(request: HttpRequest) -> Newcomer | None:
    """Who begins an account by the code that this session awaits; nobody, if it was asked for at the sign-in door."""
    stages = (request.session.get(LOGIN_SESSION_KEY) or {}).get("state", {}).get("stages", {})
    begins = stages.get(LoginByCodeStage.key, {}).get("data", {}).get(_BEGINS)
    return Newcomer(**begins) if begins else None


def note_over(request: HttpRequest) -> None:
    """The code is void: it was tried too often, or its time ran out. The page that asked for it says so."""
    request.session[_OVER] = True


def is_over(request: HttpRequest) -> bool:
    """Whether the code that this session waited for is void."""
    return bool(request.session.get(_OVER))


def forget_over(request: HttpRequest) -> None:
    """It no longer matters."""
    request.session.pop(_OVER, None)


def alike(view: View) -> View:
    """While a code is awaited, whoever looks at a page of the door is looked up: a stranger's code costs that too."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        pending = request.session.get(LOGIN_SESSION_KEY)
        if pending is not None and not pending.get("user_pk"):
            _decoy = Account.objects.filter(pk=uuid7()).first() or Account()
        return view(request)

    return answer
