"""The base of every table that belongs to one business."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import ScopedManager


class TenantModel(models.Model):
    """A row of one business: ``objects`` shows only rows of the scope it is read in."""

    tenancy: ClassVar[Literal["tenant"]] = "tenant"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    business = models.ForeignKey("business.Business", on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        """No table of its own."""

        abstract = True
