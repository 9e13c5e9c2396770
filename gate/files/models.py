"""The base of models with an uploaded file, whose content is screened whoever saves it."""

from collections.abc import Collection
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar, Self
from unicodedata import normalize

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from screening.findings import Screening, Verdict
from screening.text import screen_text

from ..enums import FileState, GuardPolicy, ScreeningState
from ..errors import FILE_NAME, Blocked, BlockedFile
from ..findings import screen_field
from ..guard import check_file
from ..models import APPROVABLE, FileScreening
from .actions import screen_at_once, screening_in_queue
from .content import content_of

_APPROVABLE = models.Q(screening__verdict__in=APPROVABLE)
_IN_STATE = {
    FileState.NEEDS_APPROVAL: _APPROVABLE & models.Q(screening__approved_at=None),
    FileState.BLOCKED: models.Q(screening__verdict=Verdict.BLOCK),
    FileState.NOT_SCREENED: models.Q(screening=None) | ~models.Q(screening__state=ScreeningState.DONE),
    FileState.APPROVED: models.Q(screening__verdict=Verdict.CLEAN)
    | _APPROVABLE & models.Q(screening__approved_at__isnull=False),
}


class ScreenedFileQuerySet(models.QuerySet):
    def approved(self) -> Self:
        """Files whose content may be public; the same rule as `ScreenedFile.is_approved`."""
        return self.filter(screening__in=FileScreening.objects.approved(), screened_name=models.F("file"))

    def in_state(self, state: str) -> Self:
        """Files in the state (a `FileState`)."""
        return self.filter(_IN_STATE[FileState(state)])


class ScreenedFile(models.Model):
    """A model with a field `file`. A file that blocks is never stored, and one that is not approved is not public.

    `save()` raises `Blocked`; `clean()` reports the same to forms. Large files are stored and wait
    for the worker.
    """

    guard_policy: ClassVar[GuardPolicy] = GuardPolicy.FILE
    file: Any  # the model's own FileField
    title: Any  # and its CharField
    _read_content: tuple[Any, FileScreening | None] | None = None  # the file that was read last, and what was found

    screening = models.ForeignKey(FileScreening, models.PROTECT, null=True, editable=False, related_name="+")
    screening.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # not a usage to show to editors
    # The name of the stored file that was screened: a file with another name has another content.
    screened_name = models.CharField(max_length=255, blank=True, editable=False)

    # The admin's list of the model, in which files that wait are shown by state; "" where there is none.
    admin_list: ClassVar[str] = ""
    # Fields whose text the public may see.
    screened_texts: ClassVar[tuple[str, ...]] = ("title",)

    class Meta:
        abstract = True

    def content_was_replaced(self) -> None:
        """Remove what shows the old content. Called when a new content has replaced it."""

    @property
    def is_approved(self) -> bool:
        """Whether the content may be public."""
        return self.screening is not None and self.screened_name == self.file.name and self.screening.is_approved

    @property
    def has_new_content(self) -> bool:
        if not self.file or not self.file._committed:
            return bool(self.file)
        return self.file.name != self.screened_name and self.file.storage.exists(self.file.name)

    def twins(self) -> models.QuerySet[Any]:
        """The other files of the same kind with exactly this content."""
        same = type(self)._default_manager.filter(screening=self.screening_id, screening__isnull=False)
        return same.exclude(pk=self.pk).order_by("pk")

    @property
    def is_on_live_page(self) -> bool:
        """Whether a published page uses the document or image."""
        return self.pk is not None and pages_that_use(self).filter(live=True).exists()

    def compose_names(self) -> None:
        """Write å, ä and ö as one letter each in the title and in the name of a new file, as others than a Mac do.

        A storage takes the loose dots and rings for no letters, and leaves them out.
        """
        self.title = normalize("NFC", self.title)
        if self.file and not self.file._committed:
            self.file.name = normalize("NFC", self.file.name)

    def clean(self) -> None:
        self.compose_names()
        if self.file:  # Wagtail's multiple upload checks the texts first, and Wagtail's `clean` needs a file.
            super().clean()
        errors: dict[str, ValidationError] = {}
        for name, outcome in self.screen_texts().items():
            if outcome.verdict == Verdict.BLOCK:
                errors[name] = Blocked(outcome.findings)
        try:
            self.screen_new_content()
        except Blocked as error:
            errors["file"] = error
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, and a new content together with its screening. Raises Blocked."""
        self.compose_names()
        update_fields: Collection[str] | None = kwargs.get("update_fields")
        if not self.has_new_content or (update_fields is not None and "file" not in update_fields):
            super().save(*args, **kwargs)  # where the guard screens the texts
            return
        if update_fields is not None:
            kwargs["update_fields"] = {*update_fields, "screening", "screened_name"}
        # Before the transaction: while a file is read nobody else should wait for the database.
        check_file(self, update_fields)
        screening = self.screen_new_content()
        # Together, so that the worker never meets a content in the queue that no file has yet.
        with transaction.atomic():
            self.screening = screening or screening_in_queue(content_of(self.file))
            if not self.file._committed:
                self.file.save(self.file.name, self.file.file, save=False)  # as the field itself does
            former, self.screened_name = self.screened_name, self.file.name
            replaces = self.pk is not None
            super().save(*args, **kwargs)
            if replaces:
                self.content_was_replaced()
                transaction.on_commit(partial(self._remove_former_file, former))
        self._read_content = None

    def screen_texts(self) -> dict[str, Screening]:
        """The screening of each text field, by name."""
        fields = [self._meta.get_field(name) for name in self.screened_texts]
        return {field.name: screen_field(field, getattr(self, field.name)) for field in fields}  # type: ignore[arg-type]

    def screen_new_content(self) -> FileScreening | None:
        """Screen a new content; None if there is none, or if it is left to the worker.

        Raises Blocked. The result is kept, so that a form and `save()` do not read the file twice.
        """
        if not self.has_new_content:
            return None
        if self._read_content is None or self._read_content[0] is not self.file.file:
            self._read_content = (self.file.file, self._screen_content())
        return self._read_content[1]

    def _screen_content(self) -> FileScreening | None:
        name = PurePath(self.file.name).name
        # Django stores a space as an underscore, and a reader takes one for a space.
        outcome = screen_text(name.replace("_", " "), where=FILE_NAME)
        if outcome.verdict == Verdict.BLOCK:
            raise BlockedFile(outcome.findings)
        content = content_of(self.file)
        known = FileScreening.objects.by_todays_rules().filter(digest=content.digest, suffix=content.suffix)
        screening = known.first()
        if screening is None and content.size <= settings.SCREENING_DIRECT_BYTES:
            screening = screen_at_once(self.file, content)
        if screening is not None and screening.blocks:
            raise BlockedFile(screening.result.findings, screening.pk)
        return screening

    def remove_refused_file(self) -> None:
        """Delete a refused file that was stored before its row, unless another row has it."""
        if self.file._committed:
            self._remove_file(self.file.name)

    def _remove_former_file(self, name: str) -> None:
        if name:
            self._remove_file(name)

    def _remove_file(self, name: str) -> None:
        """Delete a stored file, unless a row has it."""
        if not type(self)._base_manager.complex_filter({"file": name}).exists():
            self.file.storage.delete(name)


def pages_that_use(file: models.Model) -> PageQuerySet:
    """The pages whose published version uses a document or image in any way, whichever room they belong to."""
    references = ReferenceIndex.get_references_to(file).filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    # The reference index keeps ids as text.
    ids = list(map(int, references.values_list("object_id", flat=True)))
    pages: PageQuerySet = Page.objects.filter(pk__in=ids)
    return pages
