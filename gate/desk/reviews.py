"""Reviews of pages: what a publisher has to know, and approve, before a page becomes public."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from wagtail import hooks
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

from screening.descriptions import masked_title
from screening.findings import BLOCKING, Finding, Screening, Verdict

from ..findings import screen_file_of
from ..models import FileScreening, PageApproval
from ..permissions import user_can_approve_warnings
from ..stops import screen_unpassed
from ..texts import BOOKKEEPING, digest_of, files_of
from .consequences import Consequence

EXPIRED = "Sista dagen har passerat. Välj ett nytt datum för när sidan ska avpubliceras, eller ta bort det."
# What Wagtail keeps about a page beside its content.
NOT_CONTENT = BOOKKEEPING | {
    *("latest_revision", "latest_revision_created_at", "live_revision", "live", "has_unpublished_changes", "expired"),
    *("first_published_at", "last_published_at", "locked", "locked_at", "locked_by", "owner"),
    *("depth", "numchild", COMMENTS_RELATION_NAME),
}


@dataclass(frozen=True)
class FileReview:
    """A document or image of the page. `result` holds what keeps it from being public."""

    file: Any  # a `ScreenedFile`
    result: Screening

    @property
    def screening(self) -> FileScreening | None:
        screening: FileScreening | None = self.file.screening
        return screening

    @property
    def name(self) -> str:
        """The name of the file, with its digits masked if the screening finds something in it."""
        return masked_title(str(self.file))

    @property
    def is_waiting(self) -> bool:
        """Whether the file has yet to be screened."""
        screening = self.screening
        # If the screening is approved and the file is not, the content has been replaced and is not screened yet.
        return screening is None or not (screening.blocks or screening.needs_approval)

    @property
    def is_unread(self) -> bool:
        """Whether the screening could not read the file, so that a person has to."""
        return not self.is_waiting and self.result.verdict == Verdict.UNSCREENED


@dataclass
class PageReview:
    """The review of one page at the desk, with the content of its latest draft."""

    page: Page
    revision: Revision | None
    texts: Screening
    files: list[FileReview]  # those that are not approved
    digest: str
    user: Any
    fields: dict[Finding, str] = field(default_factory=dict)  # finding → the page's field that it is in
    approved_files: list[FileReview] = field(default_factory=list)  # by a person
    faults: list[str] = field(default_factory=list)  # other reasons not to publish, as sentences
    consequences: list[Consequence] = field(default_factory=list)  # what publishing will cause

    @property
    def title(self) -> str:
        """The title of the page, with its digits masked if the screening finds something in it."""
        return masked_title(self.page.get_admin_display_title())

    @property
    def is_public_already(self) -> bool:
        """Whether visitors see exactly what is about to be published."""
        return bool(self.page.live and not self.page.has_unpublished_changes)

    @cached_property
    def blocks(self) -> list[Finding]:
        return [finding for finding in self._findings if finding.kind in BLOCKING]

    @cached_property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self._findings if finding.kind not in BLOCKING]

    @cached_property
    def new_warnings(self) -> list[Finding]:
        """The warnings that nobody has approved, with a reason, for exactly this content."""
        approved = approved_findings(self.page, self.digest)
        # A file that is not approved needs an approval of its own, even if the page was approved before.
        in_files = {finding for file in self.files for finding in file.result.findings}
        return [finding for finding in self.warnings if finding in in_files or asdict(finding) not in approved]

    @property
    def approved_warnings(self) -> list[Finding]:
        return [finding for finding in self.warnings if finding not in self.new_warnings]

    @property
    def reasons_before(self) -> list[str]:
        """The reasons given for earlier approvals of this content, oldest first."""
        approvals = PageApproval.objects.about(self.page).filter(digest=self.digest).exclude(reason="")
        return list(dict.fromkeys(approvals.order_by("approved_at").values_list("reason", flat=True)))

    @property
    def advice(self) -> list[Finding]:
        return [*self.texts.advice, *(each for file in self.files for each in file.result.advice)]

    @property
    def unread(self) -> list[FileReview]:
        return [file for file in self.files if file.is_unread]

    @property
    def waiting(self) -> list[FileReview]:
        return [file for file in self.files if file.is_waiting]

    @property
    def lacks_permission(self) -> bool:
        """Whether there are warnings that somebody else has to approve."""
        return bool(self.new_warnings) and not user_can_approve_warnings(self.user)

    @property
    def is_stopped(self) -> bool:
        return bool(self.blocks or self.faults or self.waiting or self.lacks_permission)

    @property
    def is_scheduled(self) -> bool:
        go_live_at = self.page.go_live_at
        return go_live_at is not None and go_live_at > timezone.now()

    @property
    def refrainable(self) -> list[Consequence]:
        """What the publisher may leave out. It happens at once, so not of a page that is scheduled."""
        return [] if self.is_scheduled else [each for each in self.consequences if each.refrain is not None]

    @property
    def state(self) -> list[Any]:
        """Everything that the publisher has been shown, as values for JSON.

        The content and not the number of its version: the editor's autosave may store the same content once more.
        """
        files = [[file.screening and file.screening.pk, file.result.as_json()] for file in self.files]
        shown = [asdict(finding) for finding in (*self.texts.findings, *self.texts.advice)]
        told = [consequence.shown for consequence in self.consequences]
        return [
            self.page.pk,
            _content_of(self.page),
            self.digest,
            str(self.page.go_live_at),
            shown,
            files,
            told,
        ]

    @property
    def _findings(self) -> list[Finding]:
        return [*self.texts.findings, *(finding for file in self.files for finding in file.result.findings)]


def review_page(page: Page, *, user: Any, approving: bool = False) -> PageReview:
    """Review the latest draft of a page by today's rules.

    `approving` says that the user publishes by approving the last task of a workflow.
    """
    revision = page.get_latest_revision()
    draft = revision.as_object() if revision is not None else page.specific
    review = review_content(draft, revision=revision, user=user)
    review.faults = [*_right_to_publish(draft, user, approving), *_lacks(draft)]
    if not review.faults:
        review.consequences = [
            consequence for describe in hooks.get_hooks("describe_publication") for consequence in describe(draft)
        ]
    return review


def review_content(draft: Page, *, revision: Revision | None, user: Any) -> PageReview:
    """Review the content alone, without checking who may publish it and what the page lacks."""
    found = screen_unpassed(draft)
    texts = Screening.of(screening for _, screening in found)
    fields = {finding: name for name, each in found for finding in (*each.findings, *each.advice)}
    all_files = [FileReview(file, screen_file_of(file)) for file in files_of(draft)]
    files = [file for file in all_files if not file.file.is_approved]
    approved = [file for file in all_files if file.file.is_approved and file.file.screening.approved_at]
    return PageReview(draft, revision, texts, files, digest_of(draft), user, fields, approved)


def approved_findings(page: Page, digest: str) -> list[dict[str, str]]:
    """The warnings that somebody has approved with a reason for exactly this content."""
    approvals = PageApproval.objects.about(page).filter(digest=digest)
    return [finding for findings in approvals.values_list("findings", flat=True) for finding in findings]


def token_of(reviews: list[PageReview]) -> str:
    """A SHA-256 checksum of what the reviews show; it differs once something has changed."""
    return hashlib.sha256(json.dumps([review.state for review in reviews]).encode()).hexdigest()


def _content_of(page: Page) -> str:
    """The whole content of the draft as JSON, dates and choices included, without what others do to the page."""
    data = {name: value for name, value in page.serializable_data().items() if name not in NOT_CONTENT}
    return json.dumps(data, sort_keys=True, default=str)


def _right_to_publish(page: Page, user: Any, approving: bool) -> list[str]:
    if page.alias_of_id:
        return ["Sidan är ett alias. Den följer sidan som den är ett alias av och publiceras med den."]
    if approving:
        return []
    if not page.permissions_for_user(user).can_publish():
        return ["Du får inte publicera den här sidan."]
    lock = page.get_lock()
    return ["Sidan är låst för redigering."] if lock is not None and lock.for_user(user) else []


def _lacks(page: Page) -> list[str]:
    """What is missing before the page can be published, as sentences."""
    faults = [EXPIRED] if page.expire_at and page.expire_at <= timezone.now() else []
    faults += [fault for faults_of in hooks.get_hooks("publication_faults") for fault in faults_of(page)]
    try:
        page.full_clean(exclude=["latest_revision", "live_revision"])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            known = {each.name for each in page._meta.get_fields()}
            label = capfirst(str(page._meta.get_field(name).verbose_name)) if name in known else ""
            faults += [f"{label}: {message}" if label else message for message in messages]
    return list(dict.fromkeys(faults))
