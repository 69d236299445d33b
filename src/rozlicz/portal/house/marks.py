"""The mark of a content, by which a signed paper is known to be of this very content."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def mark_of_content(*content: Any) -> str:
    """Eight characters of the content's hash; `content` is anything that can be written as JSON."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:8].upper()
