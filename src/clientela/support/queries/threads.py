"""Threads of the chat: whose, which wait, and what was said in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from clientela.platform import links
from clientela.support.models import Line, Side, Thread
from clientela.support.thread_links import LINK_LASTS


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """One thread as the support's list shows it: the last thing said, and whether it was the support that said it."""

    thread: Thread
    words: str
    is_ours: bool

    @property
    def name(self) -> str:
        """The person's name as they write it, or nothing."""
        return name_of(self.thread)

    @property
    def email(self) -> str:
        """Where answers go while they are away, or nothing."""
        return email_of(self.thread)


def name_of(thread: Thread) -> str:
    """Return the account's name, else what a guest typed, else nothing."""
    return (thread.account.name if thread.account else "") or thread.name


def email_of(thread: Thread) -> str:
    """Return the account's own address, else what a guest typed and nobody proved, else nothing."""
    return thread.account.email if thread.account else thread.email


def waiting_threads(*, closed: bool = False) -> QuerySet[Thread]:
    """Return the support's list: what nobody has read first, there the longest waiting first; then the newest.

    ``closed`` returns those that were put aside instead. However many: the page reads as many as it shows
    (``thread_rows``).
    """
    rows = Thread.objects.filter(closed_at__isnull=not closed).annotate(
        rank=Case(When(unread__gt=0, then=Value(0)), default=Value(1), output_field=IntegerField()),
        waits_since=Case(When(unread__gt=0, then="last_at")),
    )
    return rows.order_by("rank", "waits_since", "-last_at", "-id")


def thread_rows(threads: Iterable[Thread]) -> list[ThreadRow]:
    """Return these as the list shows them, in their order. One query."""
    wanted = [one.pk for one in threads]
    found = {one.pk: one for one in _with_last(Thread.objects.filter(pk__in=wanted))}
    return [_row(found[key]) for key in wanted if key in found]


def unread_threads() -> int:
    """Return how many threads hold something that the support has not read."""
    return Thread.objects.filter(unread__gt=0).count()


def lines_of(thread: Thread) -> list[Line]:
    """Return everything said, in order."""
    return list(Line.objects.filter(thread=thread).order_by("at", "id"))


def newest_lines(thread: Thread, *, before: str = "", most: int) -> tuple[list[Line], str]:
    """Return the last lines, in order, and the name of the first of them where there are earlier ones (or blank).

    ``before`` is such a name: the lines before that one. Two queries at most, however long the thread is.
    """
    rows = Line.objects.filter(thread=thread)
    mark = _line_called(thread, before)
    if mark is not None:
        rows = rows.filter(Q(at__lt=mark.at) | Q(at=mark.at, pk__lt=mark.pk))
    newest = list(rows.order_by("-at", "-id")[: most + 1])
    lines = newest[:most][::-1]
    return lines, str(lines[0].pk) if len(newest) > most else ""


def _line_called(thread: Thread, name: str) -> Line | None:
    try:
        key = UUID(name[:64])
    except ValueError:
        return None
    return Line.objects.filter(thread=thread, pk=key).first()


def thread_of(
    *, account_id: UUID | None = None, secret: str = "", mail_token: str = "", now: datetime
) -> Thread | None:
    """Return the thread of an account, of a guest's browser, or of a mailed link; the first that is given counts.

    A browser's secret opens no thread that has become an account's, and a mailed link ends thirty days after the last
    line. One query.
    """
    rows = Thread.objects.select_related("account", "business")
    if account_id is not None:
        return rows.filter(account=account_id).first()
    if secret:
        return rows.filter(secret_digest=links.digest(secret), account__isnull=True).first()
    if mail_token:
        living = rows.filter(last_at__gt=now - LINK_LASTS)
        return living.filter(mail_digest=links.digest(mail_token)).first()
    return None


def earlier_threads(*, account_id: UUID, secret: str = "") -> list[Thread]:
    """Return what a signed-in person may read besides their own thread, oldest first.

    That is what was written in this browser as a guest, and what stood under a log-in that became theirs.
    """
    theirs = Q(
        account__absorbed_by__account=account_id,
        account__absorbed_by__joined_at__isnull=False,
        account__absorbed_by__undone_at__isnull=True,
    )
    if secret:
        theirs |= Q(secret_digest=links.digest(secret), account__isnull=True)
    return list(Thread.objects.filter(theirs).distinct().order_by("begun_at", "id"))


def unseen_for(*, account_id: UUID | None = None, secret: str = "", now: datetime) -> int:
    """Return how many answers the person has not looked at."""
    found = thread_of(account_id=account_id, secret=secret, now=now)
    return found.unseen if found else 0


def unseen_threads(*, since: datetime) -> QuerySet[Thread]:
    """Threads whose answers nobody has looked at ``since`` then, with somewhere to mail, and not told of yet."""
    return Thread.objects.filter(
        ~Q(email="") | Q(account__is_active=True),
        unseen__gt=0,
        told_at__isnull=True,
        last_at__lte=since,
    ).order_by("last_at")


def _row(thread: Any) -> ThreadRow:  # noqa: ANN401 -- a thread that ``_with_last`` has read
    return ThreadRow(
        thread=thread,
        words=thread.last_words or "",
        is_ours=thread.last_side == Side.SUPPORT,
    )


def _with_last(rows: QuerySet[Thread]) -> QuerySet[Any]:
    last = Line.objects.filter(thread=OuterRef("pk")).order_by("-at", "-id")
    return rows.select_related("account", "business").annotate(
        last_words=Subquery(last.values("body")[:1]),
        last_side=Subquery(last.values("side")[:1]),
    )
