"""The page of something that is done to a sale: the sale, its client and one form."""

from __future__ import annotations

from typing import Any, Final

from django.forms import Form
from django.http import HttpResponse

from clientela.ledger.models import Sale
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk

WRONG: Final = 422


def act_page(
    request: DoorRequest,
    desk: Desk,
    template: str,
    *,
    sale: Sale,
    form: Form,
    **context: Any,  # noqa: ANN401 -- what the template is given besides
) -> HttpResponse:
    """Draw it; a form that was sent and is drawn again was wrong."""
    return desk_page(
        request,
        template,
        desk,
        place="sales",
        status=WRONG if form.is_bound else 200,
        sale=sale,
        card=sale.client,
        form=form,
        **context,
    )
