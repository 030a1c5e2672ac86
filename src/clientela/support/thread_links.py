"""The two secrets that open a thread: the one a guest's browser holds, and the link in mails about answers."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from clientela.platform import links
from clientela.support.models import Thread

MAIL: Final = "support-thread"
LINK_LASTS: Final = timedelta(days=30)
"""How long after the last line a mailed link opens its thread."""


def new_secret() -> str:
    """Return what a guest's browser is to hold; only its hash is kept here."""
    return secrets.token_urlsafe(24)


def put_fresh_link(thread: Thread) -> None:
    """Give the thread a new mailed link, in memory: whatever was mailed before opens nothing any more."""
    thread.mail_nonce = links.new_nonce()
    thread.mail_digest = links.digest(links.derive(purpose=MAIL, nonce=thread.mail_nonce))


def mail_token(thread: Thread) -> str:
    """Return the token of the mailed link. Raises `LookupError` when the key that made it was lost."""
    return links.rederive(purpose=MAIL, nonce=thread.mail_nonce, digest=thread.mail_digest)
