"""CSAF documents to try things with."""

import json
from copy import deepcopy
from typing import Any

ADVISORY: dict[str, Any] = {
    "document": {
        "category": "csaf_security_advisory",
        "csaf_version": "2.0",
        "title": "备份向导会漏掉附件",
        "lang": "zh-CN",
        "publisher": {"category": "vendor", "name": "Somebody", "namespace": "https://somebody.example"},
        "tracking": {
            "id": "S-2026-7",
            "status": "final",
            "version": "1",
            "initial_release_date": "2026-04-01T00:00:00Z",
            "current_release_date": "2026-04-01T00:00:00Z",
            "revision_history": [{"number": "1", "date": "2026-04-01T00:00:00Z", "summary": "First."}],
        },
        "notes": [
            {"category": "summary", "text": "备份里没有附件。"},
            {"category": "general", "title": "What to do", "text": "Update."},
            {"category": "legal_disclaimer", "text": "No warranty."},
        ],
        "references": [{"category": "external", "summary": "More", "url": "https://somebody.example/7"}],
        "aggregate_severity": {"text": "high"},
    },
    "product_tree": {
        "branches": [
            {
                "category": "vendor",
                "name": "Somebody",
                "branches": [
                    {
                        "category": "product_name",
                        "name": "HIS",
                        "branches": [
                            {
                                "category": "product_version_range",
                                "name": "vers:intdot/>=5.0|<5.6.3",
                                "product": {"name": "HIS before 5.6.3", "product_id": "P1"},
                            },
                            {
                                "category": "product_version",
                                "name": "5.6.3",
                                "product": {"name": "HIS 5.6.3", "product_id": "P2"},
                            },
                        ],
                    },
                    {
                        "category": "product_name",
                        "name": "Something Else",
                        "product": {"name": "Something Else", "product_id": "P3"},
                    },
                ],
            }
        ],
        "relationships": [
            {
                "category": "installed_on",
                "full_product_name": {"name": "HIS on it", "product_id": "P4"},
                "product_reference": "P1",
                "relates_to_product_reference": "P3",
            }
        ],
    },
    "vulnerabilities": [
        {
            "title": "Lost",
            "product_status": {"known_affected": ["P1"], "fixed": ["P2"], "known_not_affected": ["P3"]},
        }
    ],
}
"""An advisory with a product of ours, another that we don't know, and much that a notice has no place for."""


def without(path: str) -> bytes:
    """Return the advisory without the part that a pointer leads to."""
    whole = deepcopy(ADVISORY)
    *parents, last = path.strip("/").split("/")
    part: Any = whole
    for each in parents:
        part = part[int(each) if isinstance(part, list) else each]
    del part[int(last) if isinstance(part, list) else last]
    return json.dumps(whole).encode()


def body() -> bytes:
    """Return the advisory as a file."""
    return json.dumps(ADVISORY, ensure_ascii=False).encode()
