"""The sentences and links that the desk shows for a page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.images import get_image_model

from screening.descriptions import describe, describe_without_place
from screening.findings import Finding

from ..files.presentation import approver_of
from ..objection_presentation import present_objections
from .reviews import FileReview, PageReview


def present(review: PageReview) -> dict[str, Any]:
    """The template variables of a page: findings as sentences, files with their links."""
    page = review.page
    return {
        "title": review.title,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "is_public_already": review.is_public_already,
        "blocks": findings_with_links(review, review.blocks),
        "faults": review.faults,
        "waiting": [present_file(file) for file in review.waiting],
        "warnings": findings_with_links(review, review.new_warnings),
        "approved_warnings": findings_with_links(review, review.approved_warnings),
        "reasons_before": review.reasons_before if review.approved_warnings else [],
        "advice": findings_with_links(review, review.advice),
        "unread": [present_file(file) for file in review.unread],
        "approved_files": [present_file(file) for file in review.approved_files],
        "consequences": review.consequences,
        "go_live_at": page.go_live_at if review.is_scheduled else None,
        "lacks_permission": review.lacks_permission,
        "is_stopped": review.is_stopped,
        "objections": present_objections(page, review.user) if review.user is not None else {},
    }


def draft_sentences(reviews: list[PageReview]) -> list[str]:
    """Sentences that tell which of the pages are drafts and which are public already."""
    public = [review for review in reviews if review.is_public_already]
    drafts = len(reviews) - len(public)
    if len(reviews) == 1:
        title = reviews[0].title
        if public:
            return [f"”{title}” är redan publicerad, och inget är ändrat sedan dess."]
        is_live = reviews[0].page.live
        saved = f"Ändringarna i ”{title}” är sparade" if is_live else f"”{title}” är sparad"
        return [f"{saved} som utkast.", "Inget blir publikt förrän du publicerar här."]
    told = []
    if drafts:
        told.append("1 sida har ett utkast." if drafts == 1 else f"{drafts} sidor har utkast.")
    if len(public) == 1:
        told.append("1 sida är redan publicerad, och inget är ändrat i den sedan dess.")
    elif public:
        told.append(f"{len(public)} sidor är redan publicerade, och inget är ändrat i dem sedan dess.")
    return [*told, "Inget blir publikt förrän du publicerar här."]


def findings_on_page(review: PageReview) -> dict[str, Any]:
    """The template variables of the panel beside the text: links lead to places in the form that is open."""
    kinds = {"blocks": review.blocks, "warnings": review.warnings, "advice": review.advice}
    return {
        **{name: findings_with_links(review, findings, page_url="") for name, findings in kinds.items()},
        "unread": [present_file(file) for file in review.unread],
    }


def findings_with_links(
    review: PageReview, findings: Iterable[Finding], *, page_url: str | None = None
) -> list[dict[str, str]]:
    """The findings as rows of place, link and description, without duplicates."""
    files = {finding: file.file for file in review.files for finding in (*file.result.findings, *file.result.advice)}
    if page_url is None:
        page_url = reverse("wagtailadmin_pages:edit", args=[review.page.pk])
    told: dict[str, dict[str, str]] = {}
    for finding in findings:
        if finding in files:
            url = edit_url(files[finding])
        else:  # By this fragment the form opens the field's tab and scrolls to it.
            url = f"{page_url}#:w:contentpath={review.fields.get(finding, '')}"
        line = {"place": finding.where, "url": url, "what": describe_without_place(finding)}
        told.setdefault(describe(finding), line)
    return list(told.values())


def sentences(findings: Iterable[Finding]) -> list[str]:
    """The findings as sentences, without duplicates."""
    return list(dict.fromkeys(map(describe, findings)))


def present_file(review: FileReview) -> dict[str, Any]:
    """The template variables of a file: its links and its approver. An image is shown on its own admin page."""
    url = edit_url(review.file)
    return {
        "name": review.name,
        "url": url if isinstance(review.file, get_image_model()) else review.file.url,
        "edit_url": url,
        "screening": review.screening,
        "approver": approver_of(review.screening) if review.screening is not None else "",
    }


def edit_url(file: Any) -> str:
    return AdminURLFinder().get_edit_url(file) or ""
