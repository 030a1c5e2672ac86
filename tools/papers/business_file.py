"""docs/reference/business-file.schema.json: the JSON Schema of the file that import reads."""

from __future__ import annotations

import json

from clientela.integrations.business_file.document import BusinessFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> str:
    """Return the schema as text. What lies beyond a schema (references, overlaps) is in business-file.md."""
    found = {"$schema": _DIALECT, **BusinessFile.model_json_schema(mode="validation")}
    found["title"] = "A Clientela business as a file, version 1"
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
