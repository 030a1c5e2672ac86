"""The two places of the messages: what clients write, and what was sent."""

from __future__ import annotations

from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from clientela.web.design.shapes import Link
from clientela.web.desk.staff import Desk

Place = Literal["inbox", "sent"]


def places(desk: Desk, *, current: Place) -> list[Link]:
    """The tabs over both lists."""
    slug = [desk.business.slug]
    return [
        Link(
            label=_("Conversations"),
            url=reverse("desk:messages", args=slug),
            current=current == "inbox",
        ),
        Link(
            label=pgettext("messages", "Sent and planned"),
            url=reverse("desk:messages-sent", args=slug),
            current=current == "sent",
        ),
    ]
