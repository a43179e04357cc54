"""The OpenAPI document as it is served: its examples name what the platform holds."""

from __future__ import annotations

import hashlib
import json

from flask import Response

from api.answers import is_kept
from api.openapi.document import document
from api.openapi.names import found
from config import Settings
from data.reader import Reader

PATH = "/openapi.json"


def answer(reader: Reader, settings: Settings) -> Response:
    """The document; 304 where the client has it already."""
    name = settings.site_name
    text = reader.keep((PATH, name), lambda: json.dumps(document(found(reader), name)))
    # Not the revision alone names it: the next version of the platform has other tables.
    own = hashlib.sha256(text.encode()).hexdigest()[:32]
    known = is_kept(own)
    response = Response(status=304) if known else Response(text, mimetype="application/json")
    response.set_etag(own)
    return response
