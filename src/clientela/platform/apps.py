"""The ground floor as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class PlatformConfig(AppConfig):
    """Keeps the guards up around each migrate, loads every app's handlers and jobs, adds the start checks."""

    name = "clientela.platform"
    label = "platform"
    verbose_name = "Platform"

    def ready(self) -> None:
        """Connect both ends of `migrate` and register checks, recurring work and the doctor's questions."""
        from clientela.platform import start  # noqa: PLC0415 -- needs loaded models

        start.register()
        pre_migrate.connect(_take_down_guards, dispatch_uid="clientela.guards")
        post_migrate.connect(_put_up_guards, dispatch_uid="clientela.guards")


def _take_down_guards(
    sender: AppConfig,
    using: str,
    plan: list[Any] | None = None,
    **_: Any,  # noqa: ANN401 -- Django's signal arguments
) -> None:
    """Take SQLite's guards down before tables change, if any will.

    SQLite alters a table by building another in its place, and refuses to rename one while a trigger, perhaps of
    a third table, names it.
    """
    from clientela.platform import guards  # noqa: PLC0415 -- needs loaded models

    first = next(config for config in apps.get_app_configs() if config.models_module is not None)
    if plan and sender.label == first.label and connections[using].vendor == "sqlite":
        guards.remove(using=using)


def _put_up_guards(sender: AppConfig, using: str, **_: Any) -> None:  # noqa: ANN401 -- Django's signal arguments
    """Put the guards up once, after the last app of a migrate."""
    from clientela.platform import guards  # noqa: PLC0415 -- needs loaded models

    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender.label == last.label:
        guards.install(using)
