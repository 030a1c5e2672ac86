"""What phones would have shown: kept for the simulator's pages."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.db import models

from clientela.platform.ids import uuid7


class SimulatedText(models.Model):
    """A text as it would have left or arrived. Only demo and test installations write any."""

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20)
    sender = models.CharField(max_length=20)
    body = models.CharField(max_length=1600)
    is_inbound = models.BooleanField(default=False)
    key = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        """The thread of a phone, newest first."""

        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["number", "-at"], name="simulated_text_thread")]

    def __str__(self) -> str:
        """Without the number."""
        return f"simulated text {self.pk}"


class SimulatedPush(models.Model):
    """A push as a device would have shown it."""

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    device = models.ForeignKey(
        "notify.PushDevice", on_delete=models.CASCADE, related_name="simulated"
    )
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=400)
    link = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        """Say which."""
        return f"simulated push {self.pk}"


class SimulatedFault(models.Model):
    """What the simulator was told to do wrong with one address, or with all (blank), for how many messages."""

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254, blank=True)
    fault = models.CharField(max_length=30)
    times = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say what."""
        return f"{self.fault} by {self.channel}"
