"""The words and links that the desk shows for a page."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from wagtail.images import get_image_model

from ..findings import Finding
from ..wording import describe
from .review import FileReview, PageReview


def present(review: PageReview) -> dict[str, Any]:
    """Flat variables for the template, each finding as a sentence and each file with its links."""
    page = review.page
    covered = [finding for finding in review.warnings if finding not in review.new_warnings]
    return {
        "title": page.get_admin_display_title(),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "blocks": sentences(review.blocks),
        "faults": review.faults,
        "waiting": [present_file(file) for file in review.waiting],
        "warnings": sentences(review.new_warnings),
        "passed_warnings": sentences(covered),
        "advice": sentences(review.advice),
        "unread": [present_file(file) for file in review.unread],
        "consequences": review.consequences,
        "go_live_at": page.go_live_at if review.is_scheduled else None,
        "lacks_permission": review.lacks_permission,
        "is_stopped": review.is_stopped,
    }


def sentences(findings: Iterable[Finding]) -> list[str]:
    """Each finding in words, the same words once."""
    return list(dict.fromkeys(map(describe, findings)))


def present_file(review: FileReview) -> dict[str, Any]:
    return {
        "name": str(review.file),
        "url": open_url(review.file),
        "edit_url": edit_url(review.file),
        "fault": review.screening.fault if review.screening is not None else "",
    }


def open_url(file: Model) -> str:
    """Where an editor reads the file itself; an image is shown by its own page in the admin."""
    return edit_url(file) if isinstance(file, get_image_model()) else str(file.url)  # type: ignore[attr-defined]


def edit_url(file: Model) -> str:
    try:
        if isinstance(file, get_image_model()):
            return reverse("wagtailimages:edit", args=[quote(file.pk)])
        return reverse("wagtaildocs:edit", args=[quote(file.pk)])
    except NoReverseMatch:
        return ""
