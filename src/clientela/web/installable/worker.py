"""The service worker's script, with the list of what it keeps for everybody written before it."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse

from clientela.web.design.pages import asset

FILES: Final = (
    "design/tokens.css",
    "design/core.css",
    "design/public.css",
    "design/fonts/figtree-latin.woff2",
    "design/mark.svg",
)
"""What the offline page is drawn with."""
_SOURCE: Final = Path(__file__).with_name("worker.js")


def worker(request: HttpRequest) -> HttpResponse:
    """Give the script. It is asked for anew at each visit, and may serve every page of the installation."""
    answer = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/"
    return answer


@lru_cache(maxsize=1)
def _script() -> str:
    """The script as of this start of the program: with other files or another text it is another version."""
    source = _SOURCE.read_text(encoding="utf-8")
    files = json.dumps([asset(path) for path in FILES])
    version = hashlib.sha256(f"{files}{source}".encode()).hexdigest()[:12]
    return f'const FILES = {files};\nconst VERSION = "{version}";\n{source}'
