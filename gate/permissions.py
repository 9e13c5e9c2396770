"""Who may approve what the screening warns of, and who may say that a stop is wrong."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import models
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .models import FileScreening

APPROVE_WARNING = "gate.approve_warning"
OVERRULE_STOP = "gate.pass_stop"


def user_can_approve_warnings(user: Any) -> bool:
    """Whether the user may publish or save despite a warning, with a reason."""
    return bool(user.has_perm(APPROVE_WARNING))


def user_can_pass_stops(user: Any) -> bool:
    """Whether the user may say that stops are wrong, or agree with another who has said so."""
    return bool(user.has_perm(OVERRULE_STOP))


def user_can_change_file(user: Any, file: Any) -> bool:
    """Whether the user may change the document or image."""
    return bool(policy_registry.get_by_type(type(file)).user_has_permission_for_instance(user, "change", file))


def user_can_answer_for(user: Any, subject: Page | FileScreening) -> bool:
    """Whether the user may say that a stop of this page or content is wrong, or right: by who may change it.

    A content without a file is a refused upload, which anybody with the right may answer for.
    """
    if not user_can_pass_stops(user):
        return False
    if isinstance(subject, Page):
        return bool(subject.permissions_for_user(user).can_edit())
    files = list(subject.files())
    return not files or any(user_can_change_file(user, file) for file in files)


def people_who_can_approve_warnings(limit: int = 5) -> list[str]:
    """The names of some people who may publish despite a warning, to show to somebody who may not."""
    return [str(person) for person in _people_with(APPROVE_WARNING)[:limit]]


def others_who_can_pass_stops(user: Any, limit: int = 5) -> list[str]:
    """The names of some other people who may agree that a stop is wrong."""
    return [str(person) for person in _people_with(OVERRULE_STOP).exclude(pk=user.pk)[:limit]]


def _people_with(permission: str) -> models.QuerySet[Any]:
    app, codename = permission.split(".")
    right = Permission.objects.filter(content_type__app_label=app, codename=codename)
    has_it = (
        models.Q(groups__permissions__in=right) | models.Q(user_permissions__in=right) | models.Q(is_superuser=True)
    )
    people = get_user_model()._default_manager.filter(has_it, is_active=True).distinct()
    return people.order_by("is_superuser", "pk")
