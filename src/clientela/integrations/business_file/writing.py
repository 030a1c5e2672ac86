"""From a document to its one canonical text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientela.integrations.business_file.document import BusinessFile


def canonical_text(document: BusinessFile) -> str:
    """Return the text of the document: words in the format's order, defaults left out.

    One line per row of a list, so that two exports can be compared line by line. Equal documents
    have equal texts, to the byte.
    """
    parts = document.model_dump(mode="json", exclude_defaults=True)
    return "{\n" + ",\n".join(_section(name, part) for name, part in parts.items()) + "\n}\n"


def _section(name: str, part: object) -> str:
    if isinstance(part, list):
        rows = ",\n".join(f"    {_compact(row)}" for row in part)
        return f'  "{name}": [\n{rows}\n  ]'
    if isinstance(part, dict):
        rows = ",\n".join(f'    "{word}": {_compact(value)}' for word, value in part.items())
        return f'  "{name}": {{\n{rows}\n  }}'
    return f'  "{name}": {_compact(part)}'


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
