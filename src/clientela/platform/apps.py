"""The ground floor as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PlatformConfig(AppConfig):
    """Puts the guards up after each migrate, loads every app's handlers and jobs, adds the start checks."""

    name = "clientela.platform"
    label = "platform"
    verbose_name = "Platform"

    def ready(self) -> None:
        """Connect the end of `migrate` and register checks, recurring work and the doctor's questions."""
        from clientela.platform import start  # noqa: PLC0415 -- needs loaded models

        start.register()
        post_migrate.connect(_put_up_guards, dispatch_uid="clientela.guards")


def _put_up_guards(sender: AppConfig, using: str, **_: Any) -> None:  # noqa: ANN401 -- Django's signal arguments
    """Put the guards up once, after the last app of a migrate."""
    from clientela.platform import guards  # noqa: PLC0415 -- needs loaded models

    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender.label == last.label:
        guards.install(using)
