"""Professional: who gives the service."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from django.conf import settings
from django.db import models

from clientela.platform.tenancy import ScopedManager


class Professional(models.Model):
    """A person who gives services; shares its key with the ``Resource`` that is occupied."""

    tenancy: ClassVar[Literal["tenant"]] = "tenant"

    resource = models.OneToOneField(
        "business.Resource", on_delete=models.CASCADE, primary_key=True, related_name="professional"
    )
    business = models.ForeignKey("business.Business", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    title = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    email = models.EmailField(max_length=254, blank=True)
    is_online = models.BooleanField(default=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        """In the order of their resources."""

        ordering: ClassVar = ["resource__position", "resource_id"]

    def __str__(self) -> str:
        """The name on the resource."""
        return self.resource.name

    @property
    def name(self) -> str:
        """The name shown to clients."""
        return self.resource.name
