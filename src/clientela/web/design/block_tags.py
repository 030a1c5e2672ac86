"""Tags that take content between them: slips, notices, toasts, sheets and empty places."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from clientela.web.design import pages
from clientela.web.design.drawing import drawn

register = template.Library()


@register.simple_block_tag
def slip(  # noqa: PLR0913 -- the parts of a slip
    content: str,
    starts_at: datetime,
    ends_at: datetime | None,
    zone: str,
    *,
    what: str = "",
    detail: str = "",
    state: str = "booked",
    opens: int | None = None,
    closes: int | None = None,
    edit_url: str = "",
    edit_label: str = "",
) -> SafeString:
    """The card a receptionist hands over; state `booked`, `past` or `cancelled`. The content closes its body."""
    return drawn(
        "slip",
        **pages.slip_values(starts_at, ends_at, zone, opens, closes),
        content=content,
        what=what,
        detail=detail,
        state=state,
        edit_url=edit_url,
        edit_label=edit_label,
    )


@register.simple_block_tag
def slip_row(  # noqa: PLR0913 -- the parts of a slip
    content: str,
    starts_at: datetime,
    zone: str,
    *,
    what: str = "",
    detail: str = "",
    state: str = "booked",
    edit_url: str = "",
    edit_label: str = "",
    act_url: str = "",
    act_label: str = "",
    act_icon: str = "",
) -> SafeString:
    """A slip in a list, as an `<li>` of `<ul class="slip-list">`; the content is its badges."""
    return drawn(
        "slip_row",
        **pages.slip_values(starts_at, None, zone, None, None, short=True),
        content=content,
        what=what,
        detail=detail,
        state=state,
        edit_url=edit_url,
        edit_label=edit_label,
        act_url=act_url,
        act_label=act_label,
        act_icon=act_icon,
    )


@register.simple_tag
def slip_blank(title: str, detail: str = "") -> SafeString:
    """A slip before a time is chosen."""
    return drawn("slip_blank", title=title, detail=detail)


@register.simple_block_tag
def notice(content: str, state: str, icon: str = "", title: str = "", role: str = "") -> SafeString:
    """A sentence with a strip: state `note`, `wait`, `stop`, `good` or `tone`; role `status` or `alert` if it is news."""
    return drawn(
        "notice",
        content=content,
        state=state,
        icon=icon or pages.NOTICE_ICONS[state],
        title=title,
        role=role,
    )


@register.simple_block_tag
def toast(content: str, text: str) -> SafeString:
    """What just happened, above the bottom bar; the content is the form that undoes it."""
    return drawn("toast", content=content, text=text)


@register.simple_block_tag
def empty_state(content: str, icon: str, title: str) -> SafeString:
    """Nothing here: what is missing, then (as content) the nearest thing that exists and one act."""
    return drawn("empty_state", content=content, icon=icon, title=title)


@register.simple_block_tag
def sheet(content: str, id: str, title: str) -> SafeString:  # noqa: A002 -- the HTML attribute's own name
    """A dialog that needs no script: opens at `#id`. Put *Keep it* first among its acts."""
    return drawn("sheet", content=content, id=id, title=title)
