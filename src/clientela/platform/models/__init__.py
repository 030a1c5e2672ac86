"""The tables of the ground floor. Tenants and actors are plain ids here, never foreign keys."""

from clientela.platform.models.audit_event import AuditEvent
from clientela.platform.models.cache_entry import CacheEntry
from clientela.platform.models.due_work import DueWork, WorkerHeartbeat
from clientela.platform.models.idempotency_key import IdempotencyKey
from clientela.platform.models.installation import Installation, InstalledGuard
from clientela.platform.models.outbox_event import EventReceipt, OutboxEvent
from clientela.platform.models.sealed_payload import SealedPayload
from clientela.platform.models.throttle_count import ThrottleCount

__all__ = [
    "AuditEvent",
    "CacheEntry",
    "DueWork",
    "EventReceipt",
    "IdempotencyKey",
    "Installation",
    "InstalledGuard",
    "OutboxEvent",
    "SealedPayload",
    "ThrottleCount",
    "WorkerHeartbeat",
]
