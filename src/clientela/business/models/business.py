"""Business: the tenant."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.db import models
from django.db.models import Q

from clientela.platform.ids import uuid7


class Business(models.Model):
    """A business that takes appointments; everything it owns carries its id.

    ``hue`` (degrees, nearest ten) and ``vivid`` are what is kept of its colour:
    lightness is the design's, so that contrast does not depend on the owner's taste.
    A business that is given up is closed at ``closed_at``; at ``erase_at`` its clients' data go
    (``erased_at``), and until then it may be opened again.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="en")
    currency = models.CharField(max_length=3, default="EUR")
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hue = models.PositiveSmallIntegerField(default=190)
    vivid = models.CharField(max_length=8, default="soft")
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    erase_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The colour is one of the 36 hues the style sheet knows."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hue__lt=360) & Q(hue__in=range(0, 360, 10)), name="business_hue_by_ten"
            ),
            models.CheckConstraint(
                condition=Q(vivid__in=["quiet", "soft", "bold"]), name="business_vivid_known"
            ),
            models.CheckConstraint(
                condition=Q(erase_at__isnull=True) | Q(closed_at__isnull=False),
                name="business_erased_once_closed",
            ),
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name
