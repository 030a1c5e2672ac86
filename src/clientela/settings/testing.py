"""Settings of the test suite: fast hashing, captured mail, a database by ``CLIENTELA_TEST_DATABASE``."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("CLIENTELA_DATA", tempfile.mkdtemp(prefix="clientela-test-"))
os.environ.setdefault("CLIENTELA_SECRET_KEY", "only-for-tests-" + "x" * 50)

from clientela.platform.database import database_settings
from clientela.settings import *  # noqa: F403 -- settings modules are flat namespaces
from clientela.settings import DATA_DIR, env

TESTING = True
DEMO = False
MAIL_CHANNEL = "simulator"
PUSH_CHANNEL = "simulator"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_url = (
    env.str("CLIENTELA_TEST_POSTGRES_URL", "")
    if env.str("CLIENTELA_TEST_DATABASE", "sqlite") == "postgres"
    else ""
)
DATABASES = {"default": database_settings(_url, default_path=DATA_DIR / "clientela.sqlite3")}
