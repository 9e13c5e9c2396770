"""Editors' permissions in this room, beside those on pages, documents and images."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry

from gate.files.models import pages_that_use

from .models import Document, DocumentVersion, Image

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


def user_can_change_document(user: Any, document: Document) -> bool:
    """Whether the user may upload a new version of the document, which nobody gets until it is published."""
    policy = policy_registry.get_by_type(Document)
    return bool(policy.user_has_permission_for_instance(user, "change", document))


def user_can_publish_version(user: Any, document: Document) -> bool:
    """Whether the user may give visitors a new version: who may publish every page that shows the document."""
    pages = pages_that_use(document).filter(live=True)
    return user_can_change_document(user, document) and all(
        page.permissions_for_user(user).can_publish() for page in pages
    )


class DocumentVersionPolicy(BasePermissionPolicy):
    """The permissions on a version are those on its document."""

    def __init__(self) -> None:
        super().__init__(DocumentVersion)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(policy_registry.get_by_type(Document).user_has_permission(user, action))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: DocumentVersion) -> bool:
        policy = policy_registry.get_by_type(Document)
        return bool(policy.user_has_permission_for_instance(user, action, instance.document))

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet[DocumentVersion]:
        documents = policy_registry.get_by_type(Document).instances_user_has_any_permission_for(user, actions)
        return DocumentVersion.objects.filter(document__in=documents)
