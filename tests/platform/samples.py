"""Tables of two make-believe apps of two businesses, made for the tests of tenancy and guards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import ScopedManager, Tenancy


class Owner(models.Model):
    """Stands for an account."""

    id = models.UUIDField(primary_key=True, default=uuid7)

    class Meta:
        app_label = "samples"


class Shelf(models.Model):
    """A tenant's table, readable in its owner's scope."""

    tenancy: ClassVar[Tenancy] = "tenant"
    account_lookup = "owner_id"

    id = models.UUIDField(primary_key=True, default=uuid7)
    business_id = models.UUIDField()
    owner = models.ForeignKey(Owner, null=True, on_delete=models.CASCADE)
    word = models.CharField(max_length=10, default="")

    objects = ScopedManager()

    class Meta:
        app_label = "samples"


class Book(models.Model):
    """A child of a shelf, not readable in an account's scope."""

    tenancy: ClassVar[Tenancy] = "tenant"

    id = models.UUIDField(primary_key=True, default=uuid7)
    business_id = models.UUIDField()
    shelf = models.ForeignKey(Shelf, null=True, on_delete=models.CASCADE, related_name="books")
    others = models.ManyToManyField(Shelf, related_name="+")

    objects = ScopedManager()

    class Meta:
        app_label = "samples"


class Poster(models.Model):
    """A tenant's table that every account may read."""

    tenancy: ClassVar[Tenancy] = "tenant"
    account_lookup = None

    id = models.UUIDField(primary_key=True, default=uuid7)
    business_id = models.UUIDField()

    objects = ScopedManager()

    class Meta:
        app_label = "samples"


MODELS = (Owner, Shelf, Book, Poster)
