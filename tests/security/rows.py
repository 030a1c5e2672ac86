"""The rows of a business by the names under which an address asks for them."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from clientela.business.models import Business, Professional, Resource, ResourceKind
from clientela.notify.models import Message, SimulatedMail
from clientela.people.models import Client
from clientela.platform.tenancy import system_scope


def message_of(rows: dict[str, models.Model]) -> dict[str, models.Model]:
    """A message about the appointment that is named beside it."""
    with system_scope("the tests' list of rows"):
        message = Message.objects.filter(appointment=rows["appointment_id"].pk).first()
    return {"message_id": message} if message else {}


def first_rows(business: Business, word: str) -> dict[str, models.Model]:
    """For every table of a business its first row, under the name an address would give it."""
    rows: dict[str, models.Model] = {}
    with system_scope("the tests' list of rows"):
        for model in apps.get_models():
            columns = {column.name for column in model._meta.get_fields()}
            if "business" in columns and model._meta.app_label != "platform":
                row = model._base_manager.filter(business=business).first()
                if row is not None:
                    rows[f"{_snake(model.__name__)}_id"] = row
        mail = SimulatedMail.objects.filter(address__icontains=word).first()
        professional = Professional.objects.filter(business=business).first()
        room = Resource.objects.filter(business=business, kind=ResourceKind.ROOM).first()
        pair = list(Client.objects.filter(business=business, merged_into=None).order_by("pk")[:2])
    return rows | {
        name: row
        for name, row in (
            ("mail_id", mail),
            ("professional_id", professional),
            ("resource_id", room),
            *zip(("first_id", "second_id"), pair, strict=False),
        )
        if row is not None
    }


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")
