"""The shipped settings with one address more: the peer's, in the same stack."""

from __future__ import annotations

from clientela.settings import *  # noqa: F403 -- settings modules are flat namespaces

ROOT_URLCONF = "bench.urls"
