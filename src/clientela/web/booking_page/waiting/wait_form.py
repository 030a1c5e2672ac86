"""What is asked of somebody who wants to be told: the days, and of guests who they are."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from clientela.business.models import BookingPolicy
from clientela.web.booking_page.details_form import DetailsForm
from clientela.web.booking_page.person import Person
from clientela.web.waiting.days_form import DaysForm, usual

_NOT_ASKED: Final = ("phone", "note", "pay", "keep_card")


class WaitForm(DaysForm, DetailsForm):
    """The same for whoever comes by the booking page: a guest is asked for name and address, as when booking."""

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- what Django hands over
        *,
        policy: BookingPolicy,
        country: str,
        person: Person | None,
        today: date,
        first_day: date,
    ) -> None:
        """Ask guests who they are; of who is signed in only the days."""
        super().__init__(
            data,
            policy=policy,
            country=country,
            person=person,
            today=today,
            initial=usual(first_day, today=today),
        )
        for name in (*_NOT_ASKED, *(("name",) if person else ())):
            self.fields.pop(name, None)
