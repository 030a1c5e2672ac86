"""A provider's API: handing a mail to it through django-anymail, and reading what its answer means.

Before the request left, the provider cannot have the mail (try again); after it, without a whole answer, it may
have (ambiguous). The mail carries the id of its row as metadata, which comes back with the provider's news.
"""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from functools import cache
from types import TracebackType
from typing import Any, Final, Self

import requests
from anymail.exceptions import AnymailError
from anymail.message import AnymailStatus
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)

from clientela.notify.channels import Result
from clientela.notify.channels.email.answers import without_addresses
from clientela.notify.channels.email.parcel import Parcel
from clientela.notify.models import Outcome, Reason
from clientela.platform.failpoints import failpoint

# Under this word the provider keeps, and gives back, the id of the row.
METADATA: Final = "message"
# What the mail's own fields say already; anymail writes these from them.
_OF_THE_MAIL: Final = frozenset({"From", "To", "Subject", "Reply-To", "Date"})
_LONGEST: Final = 200
_OK, _BAD_REQUEST, _SERVER_ERROR = 200, 400, 500
_NOT_LOGGED_IN: Final = frozenset({401, 403})
_TOO_MANY: Final = 429
# A gateway in front of the provider did not hear the provider's answer: the mail may have got through.
_AMBIGUOUS: Final = frozenset({408, 502, 504})
_NOT_REACHED: Final = (NewConnectionError, ConnectTimeoutError, NameResolutionError, SSLError)


class Session:
    """One way out, whose connection is kept for the following mails."""

    def __init__(self) -> None:
        self._backend: Any = None

    def __enter__(self) -> Self:
        """Connect only when there is something to say."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the connection."""
        if self._backend is not None:
            self._backend.close()

    def hand_over(self, parcel: Parcel, *, now: datetime) -> Result:  # noqa: ARG002 -- a provider has its own clock
        """Give the mail to the provider and say what became of it."""
        mail: Any = as_mail(parcel)
        try:
            self._open().send_messages([mail])
        except ImproperlyConfigured as error:  # the operator can mend it
            return Result(Outcome.RETRY, detail=type(error).__name__, is_unreachable=True)
        except AnymailError as error:
            return _named(_failure(error, getattr(mail, "anymail_status", None)), mail)
        failpoint("notify.provider.accepted")
        return _named(_answer(mail.anymail_status), mail)

    def _open(self) -> Any:  # noqa: ANN401 -- anymail brings no types
        if self._backend is None:
            backend = _backend_class(settings.MAIL_PROVIDER)(fail_silently=False)
            backend.open()
            self._backend = backend
        return self._backend


def as_mail(parcel: Parcel) -> EmailMultiAlternatives:
    """Return the mail as Django's own value, which anymail turns into the provider's."""
    contents = parcel.contents
    headers = dict(contents.headers)
    mail = EmailMultiAlternatives(
        subject=parcel.subject,
        body=contents.text,
        from_email=str(headers["From"]),
        to=[parcel.recipient],
        reply_to=[str(headers["Reply-To"])] if "Reply-To" in headers else None,
        headers={name: _plain(value) for name, value in headers.items() if name not in _OF_THE_MAIL}
        | _kept_id(),
    )
    mail.attach_alternative(contents.html, "text/html")
    if contents.attachment:
        file = contents.attachment
        mail.attach(file.name, file.content, file.content_type.partition(";")[0])
    mail.metadata = {METADATA: parcel.key}  # type: ignore[attr-defined]  # anymail's own field
    return mail


def _plain(value: str | Address) -> str:
    return str(value)


def _kept_id() -> dict[str, str]:
    """Ask a provider to leave the Message-ID alone that would put in its own."""
    return {"X-PM-KeepID": "true"} if settings.MAIL_PROVIDER == "postmark" else {}


@cache
def _backend_class(name: str) -> Any:  # noqa: ANN401 -- anymail brings no types
    return import_string(f"anymail.backends.{name}.EmailBackend")


def _named(result: Result, mail: Any) -> Result:  # noqa: ANN401 -- anymail brings no types
    """Say who carried it, and what they call it."""
    status = getattr(mail, "anymail_status", None)
    found = getattr(status, "message_id", None)
    return Result(
        result.outcome,
        code=result.code,
        detail=without_addresses(result.detail)[:_LONGEST],
        reason=result.reason,
        is_unreachable=result.is_unreachable,
        provider=settings.MAIL_PROVIDER,
        provider_id=found if isinstance(found, str) else "",
    )


def _answer(status: AnymailStatus) -> Result:
    """Say what the provider's word for the one recipient means."""
    words = set(status.status or ())
    if words & {"sent", "queued"}:
        return Result(Outcome.ACCEPTED)
    if words & {"rejected", "invalid"}:
        detail = (
            "the address is none" if "invalid" in words else "on the provider’s list of refusals"
        )
        return Result(Outcome.REFUSED, reason=Reason.BOUNCED_HARD, detail=detail)
    if "failed" in words:
        return Result(Outcome.REFUSED, reason=Reason.PROVIDER_ERROR, detail="failed")
    return Result(Outcome.UNKNOWN, detail="the provider’s answer says nothing")


def _failure(error: AnymailError, status: AnymailStatus | None) -> Result:
    """Say what an error means: not reached, refused for now or for good, or who knows."""
    if isinstance(error, requests.RequestException) and error.response is None:
        return _unanswered(error)
    code = error.status_code
    if code is None or code < _BAD_REQUEST:  # it answered, and what it said cannot be read
        if status is not None and status.status:
            return _answer(status)
        detail = type(error).__name__
        if code is None:  # refused by anymail itself, before anything left
            return Result(Outcome.REFUSED, reason=Reason.PROVIDER_ERROR, detail=detail)
        return Result(Outcome.UNKNOWN, code=str(code), detail=detail)
    return _refusal(code, error)


def _refusal(code: int, error: AnymailError) -> Result:
    text = str(getattr(error.response, "text", ""))[: 4 * _LONGEST]
    if code in _AMBIGUOUS:
        return Result(Outcome.UNKNOWN, code=str(code), detail=text, is_unreachable=True)
    if code >= _SERVER_ERROR or code == _TOO_MANY or code in _NOT_LOGGED_IN:
        return Result(Outcome.RETRY, code=str(code), detail=text, is_unreachable=True)
    return Result(Outcome.REFUSED, code=str(code), detail=text, reason=Reason.PROVIDER_ERROR)


def _unanswered(error: requests.RequestException) -> Result:
    """No answer: harmless if there was no connection either, else nobody knows."""
    name = type(error.__cause__ or error).__name__
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError) or _refused_link(
        error
    ):
        return Result(Outcome.RETRY, detail=name, is_unreachable=True)
    return Result(Outcome.UNKNOWN, detail=f"{name} after the whole mail", is_unreachable=True)


def _refused_link(error: requests.RequestException) -> bool:
    cause = error.__cause__ or error
    reason = cause.args[0] if cause.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    return isinstance(reason, _NOT_REACHED)
