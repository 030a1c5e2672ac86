"""SMTP: handing a mail to a server, and reading exactly what the server's answer means.

The steps are driven one by one, because it matters where a conversation broke off: before the
final dot the server cannot have the mail (try again); after it, without an answer, it may have
(ambiguous). Connecting, TLS and log-in are Django's own backend.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from clientela.notify.channels import Result
from clientela.notify.channels.email.answers import Step, read_answer
from clientela.notify.channels.email.parcel import Parcel
from clientela.notify.models import Outcome, Reason
from clientela.platform.failpoints import failpoint

OK, ALSO_OK, DATA_READY = 250, 251, 354
_LEADING_DOT = re.compile(rb"(?m)^\.")
_LINKS_DOWN = (OSError, ssl.SSLError, smtplib.SMTPException)


class Session:
    """One connection, opened at the first mail and kept for the following ones."""

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None

    def __enter__(self) -> Self:
        """Connect only when there is something to say."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye; a server that does not answer that is left alone."""
        self._drop()

    def hand_over(self, parcel: Parcel, *, now: datetime) -> Result:  # noqa: ARG002 -- a server has its own clock
        """Give the mail to the server and say what became of it."""
        try:
            server = self._server()
        except _LINKS_DOWN as error:
            self._drop()
            return _not_connected(error)
        try:
            return self._talk(server, parcel)
        except _LINKS_DOWN as error:
            # Nothing of the body can have been accepted: `_talk` answers that case itself.
            self._drop()
            return Result(Outcome.RETRY, detail=type(error).__name__)

    def _server(self) -> smtplib.SMTP:
        """Return a connection that answers."""
        if self._backend is not None and self._backend.connection is not None:
            try:
                if self._backend.connection.noop()[0] == OK:
                    return self._backend.connection
            except _LINKS_DOWN:
                pass
            self._drop()
        self._backend = EmailBackend(timeout=settings.EMAIL_TIMEOUT, fail_silently=False)
        self._backend.open()
        connection = self._backend.connection
        if connection is None:
            raise smtplib.SMTPServerDisconnected("no connection")
        connection.ehlo_or_helo_if_needed()
        return connection

    def _talk(self, server: smtplib.SMTP, parcel: Parcel) -> Result:
        """Envelope, body, answer; a refusal at any step leaves the connection ready for the next mail."""
        options = _unicode_options(server, parcel)
        if options is None:
            return Result(Outcome.REFUSED, reason=Reason.PROVIDER_ERROR, detail="no SMTPUTF8")
        steps: tuple[tuple[Step, Callable[[], tuple[int, bytes]]], ...] = (
            (Step.SENDER, lambda: server.mail(parcel.sender, options)),
            (Step.RECIPIENT, lambda: server.rcpt(parcel.recipient)),
            (Step.BODY, lambda: server.docmd("DATA")),
        )
        for step, ask in steps:
            code, words = ask()
            if code not in {OK, ALSO_OK, DATA_READY}:
                return self._refused(server, read_answer(step=step, code=code, words=words))
        server.send(_body(parcel.source))
        try:
            code, words = server.getreply()
        except _LINKS_DOWN as error:
            self._drop()
            return Result(Outcome.UNKNOWN, detail=f"{type(error).__name__} after the whole mail")
        failpoint("notify.smtp.accepted")
        return self._refused(server, read_answer(step=Step.BODY, code=code, words=words))

    def _refused(self, server: smtplib.SMTP, result: Result) -> Result:
        """Pass the result on, with the conversation put back to its beginning."""
        if result.outcome is Outcome.ACCEPTED:
            return result
        try:
            server.rset()
        except _LINKS_DOWN:
            self._drop()
        return result

    def _drop(self) -> None:
        if self._backend is not None:
            with contextlib.suppress(*_LINKS_DOWN):
                self._backend.close()
        self._backend = None


def _not_connected(error: Exception) -> Result:
    """Say why there is no connection: refused, silent, no TLS, or a log-in that was not believed."""
    code = str(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else ""
    return Result(Outcome.RETRY, code=code, detail=type(error).__name__, is_unreachable=True)


def _unicode_options(server: smtplib.SMTP, parcel: Parcel) -> list[str] | None:
    """Return the options of MAIL, or None when the address needs what the server lacks."""
    if parcel.recipient.isascii():
        return []
    return ["SMTPUTF8", "BODY=8BITMIME"] if server.has_extn("smtputf8") else None


def _body(source: bytes) -> bytes:
    """Return the mail as DATA wants it: dots doubled at line starts, ended by a dot of its own."""
    body = source if source.endswith(b"\r\n") else source + b"\r\n"
    return _LEADING_DOT.sub(b"..", body) + b".\r\n"
