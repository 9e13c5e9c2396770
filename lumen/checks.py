"""What `manage.py` warns of at each start, beside Django's own checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def client_addresses(**kwargs: Any) -> list[CheckMessage]:
    """Warn where no proxy is trusted although one must stand in front: all visitors would be counted as one."""
    behind_proxy = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) is not None
    if not behind_proxy or getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0) > 0:
        return []
    return [
        Warning(
            "TRUSTED_PROXY_COUNT är 0, så alla besökare räknas som en enda och spärrarna kan stänga ute alla.",
            hint="Sätt antalet proxyer framför LUMEN, oftast 1. Den ska skriva över X-Forwarded-For (docs/nginx.conf).",
            id="lumen.W001",
        )
    ]
