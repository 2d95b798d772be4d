"""Structured data for search engines: the free shell only, and which part stands behind an account."""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

from codes.spelling import dotted

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def medical_code(found, title):
    """JSON-LD of a code page, safe inside a script element."""
    display = dotted(found.slug, found.code)
    data = {
        "@context": "https://schema.org",
        "@type": ["MedicalCode", "MedicalWebPage"],
        "name": f"{display} {title}".strip(),
        "codeValue": display,
        "codingSystem": found.name,
        "url": f"{settings.SITE_URL}/{found.slug}/{display}/",
        "isAccessibleForFree": False,
        "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".gated"},
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))
