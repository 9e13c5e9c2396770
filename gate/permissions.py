"""Who may let content through the gate."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import models

PASS_WARNING = "gate.pass_warning"  # noqa: S105  (a right, not a password)


def user_can_pass_warning(user: Any) -> bool:
    """Whether the user may publish despite a warning, with a reason."""
    return bool(user.has_perm(PASS_WARNING))


def who_can_pass_warning(limit: int = 5) -> list[str]:
    """The names of some who may publish despite a warning, for the one who may not."""
    app, codename = PASS_WARNING.split(".")
    right = Permission.objects.filter(content_type__app_label=app, codename=codename)
    has_it = models.Q(groups__permissions__in=right) | models.Q(user_permissions__in=right)
    people = get_user_model()._default_manager.filter(has_it, is_active=True).distinct()
    return [str(person) for person in people.order_by("pk")[:limit]]
