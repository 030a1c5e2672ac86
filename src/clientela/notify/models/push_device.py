"""PushDevice: a browser on which a person said yes to pushes."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.conf import settings
from django.db import models

from clientela.platform.ids import uuid7


class PushDevice(models.Model):
    """One browser of one account. ``sealed`` holds where it is reached and its keys, encrypted.

    ``endpoint_digest`` finds it without opening it. A push service that says the browser is gone ends it.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_devices"
    )
    endpoint_digest = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person's devices, newest first."""

        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        """Say which."""
        return f"push device {self.pk}"
