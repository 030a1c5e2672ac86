"""PushKey: the pair by which push services know that a push is this installation's."""

from __future__ import annotations

from typing import ClassVar, Final, Literal
from uuid import UUID

from django.db import models

THE_ONE: Final = UUID(int=1)


class PushKey(models.Model):
    """The one pair of keys (VAPID, RFC 8292), made once: every browser that said yes said it to this key.

    ``public`` is what browsers are given; ``sealed`` holds the private half, encrypted. If that can no longer be
    opened a new pair is made, and every device has to be asked again.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=THE_ONE, editable=False)
    public = models.CharField(max_length=100)
    sealed = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        """Only ever one."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=THE_ONE), name="push_key_one")
        ]

    def __str__(self) -> str:
        """Without the key."""
        return f"push key of {self.made_at:%Y-%m-%d}"
