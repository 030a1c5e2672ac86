"""One line of a statement, open or closed, as pages and files show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.payouts.models import Adjustment, Statement, StatementLine
from clientela.payouts.queries.drafts import Visit
from clientela.payouts.queries.earned import day_of_visit
from clientela.web.design.shapes import Badge
from clientela.web.desk.staff import Desk
from clientela.web.marker_words import newness_badge


@dataclass(frozen=True, kw_only=True, slots=True)
class LineRow:
    """A visit, or with ``corrects`` what was corrected of one; shares in basis points, amounts in minor units."""

    on: date
    who: str
    what: str
    url: str
    marker_url: str
    badge: Badge
    newness: str
    basis_minor: int
    share: int
    amount_minor: int
    corrects: Statement | None = None
    has_rule: bool = True

    @property
    def percent(self) -> str:
        """The share as people write it, without a needless end."""
        return f"{self.share / 100:.2f}".rstrip("0").rstrip(".")


def visit_row(one: Visit, desk: Desk) -> LineRow:
    """A visit of an open period."""
    return _row(
        one.appointment,
        desk,
        on=one.earned.on,
        newness=one.earned.newness.value,
        basis_minor=one.earned.basis_minor,
        share=one.earned.share,
        amount_minor=one.earned.amount_minor,
        has_rule=one.earned.rule is not None,
    )


def adjustment_row(one: Adjustment, desk: Desk) -> LineRow:
    """A correction that waits for its statement."""
    return _row(
        one.appointment,
        desk,
        on=day_of_visit(one.appointment),
        newness=one.newness,
        basis_minor=one.basis_minor,
        share=one.share,
        amount_minor=one.amount_minor,
        corrects=one.of_statement,
    )


def closed_row(one: StatementLine, desk: Desk) -> LineRow:
    """A line of a closed statement, as it says for ever."""
    return _row(
        one.appointment,
        desk,
        on=one.on,
        newness=one.newness,
        basis_minor=one.basis_minor,
        share=one.share,
        amount_minor=one.amount_minor,
        corrects=one.adjustment.of_statement if one.adjustment else None,
    )


def _row(  # noqa: PLR0913 -- a line has its figures
    visit: Appointment,
    desk: Desk,
    *,
    on: date,
    newness: str,
    basis_minor: int,
    share: int,
    amount_minor: int,
    corrects: Statement | None = None,
    has_rule: bool = True,
) -> LineRow:
    slug = desk.business.slug
    may_open = desk.sees_all or visit.professional_id == (desk.own.pk if desk.own else None)
    return LineRow(
        on=on,
        who=visit.client.record_name,
        what=visit.service.name,
        url=reverse("desk:appointment", args=[slug, visit.pk]) if may_open else "",
        marker_url=reverse("desk:appointment-marker", args=[slug, visit.pk]) if may_open else "",
        badge=newness_badge(newness),
        newness=newness,
        basis_minor=basis_minor,
        share=share,
        amount_minor=amount_minor,
        corrects=corrects,
        has_rule=has_rule,
    )
