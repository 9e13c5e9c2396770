"""Editors' permissions in this room, beside those on pages, documents and images."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .models import Document, Image

VOCABULARY = ("theme", "keyword", "category", "synonym")
EDITOR_PERMISSIONS = tuple(
    f"resources.{action}_{model}" for model in VOCABULARY for action in ("add", "change", "delete", "view")
)


def user_can_share(user: Any, page: Page) -> bool:
    """Whether the user may show the page's draft to others: whoever may change it."""
    return bool(page.permissions_for_user(user).can_edit())


def user_can_work_with_image(user: AbstractBaseUser | AnonymousUser, image: Image) -> bool:
    policy = policy_registry.get_by_type(Image)
    return bool(policy.user_has_any_permission_for_instance(user, ["change", "delete", "choose"], image))


def user_can_work_with_document(user: AbstractBaseUser | AnonymousUser, document: Document) -> bool:
    policy = policy_registry.get_by_type(Document)
    return bool(policy.user_has_any_permission_for_instance(user, ["change", "delete", "choose"], document))
