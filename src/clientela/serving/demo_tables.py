"""The tables of a demo, made from the models in one go.

`migrate` walks every step that the tables ever took, and so costs more than all the rest of a demo together; a demo
is invented anew at each start and has no past to carry over. What stands afterwards is what `migrate` leaves behind,
guards included, every migration noted as applied, so that a demo that is kept can be migrated on. A test holds the
two beside each other. An installation is always migrated.
"""

from __future__ import annotations

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation


def make_tables(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make every table of an empty SQLite database, and put up its guards. Nothing may be in it.

    The signal that ends a `migrate` ends this too: it is what puts up the guards and names the kinds of content.
    """
    connection = connections[using]
    executor = MigrationExecutor(connection)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    recorder = executor.recorder
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name)
        for app, name in sorted(executor.loader.disk_migrations)
    )
    # As every command of Django's: permissions are named in one language.
    with translation.override(None):
        emit_post_migrate_signal(verbosity=0, interactive=False, db=using)
