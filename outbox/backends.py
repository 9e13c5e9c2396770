"""The e-mail backend that Django's own mail goes through: it writes rows, the worker delivers."""

from django.core.mail.backends.base import BaseEmailBackend


class OutboxBackend(BaseEmailBackend):
    """Queue every message that Django, Wagtail or allauth sends."""
