"""What every model with an uploaded file inherits: its content is screened whoever saves it."""

from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst

from screening.findings import Screening, Verdict
from screening.text import screen_text

from ..models import FileScreening
from ..publishing.errors import Blocked
from .actions import known_screening, screen_at_once, screening_in_queue
from .content import content_of
from .errors import BlockedFile


class ScreenedFileQuerySet(models.QuerySet):
    def cleared(self) -> Self:
        """Those whose content may be public; as `ScreenedFile.is_cleared`."""
        return self.filter(screening__in=FileScreening.objects.cleared(), screened_name=models.F("file"))


class ScreenedFile(models.Model):
    """A model with a field `file`. What blocks is never stored, and what is not cleared is not public.

    `save()` raises `Blocked`; a form tells the same through `clean()`. Large files are stored and wait
    for the worker.
    """

    file: Any  # the model's own FileField
    _vetted: tuple[Any, FileScreening | None] | None

    screening = models.ForeignKey(FileScreening, models.PROTECT, null=True, editable=False, related_name="+")
    screening.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # no use that an editor asks for
    # The stored file that was screened: another name is another content.
    screened_name = models.CharField(max_length=255, blank=True, editable=False)

    # Fields whose text the public may see.
    screened_texts: ClassVar[tuple[str, ...]] = ("title",)

    class Meta:
        abstract = True

    def content_was_replaced(self) -> None:
        """Called when a new content has been saved in place of another: remove what shows the old one."""

    @property
    def is_cleared(self) -> bool:
        """Whether the content may be public."""
        return self.screening is not None and self.screened_name == self.file.name and self.screening.is_cleared

    @property
    def has_new_content(self) -> bool:
        if not self.file or not self.file._committed:
            return bool(self.file)
        return self.file.name != self.screened_name and self.file.storage.exists(self.file.name)

    def clean(self) -> None:
        if self.file:  # Wagtail's multiple upload fills in the texts first, and Wagtail's check wants a file's ending.
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
        update_fields = kwargs.get("update_fields")
        for name, outcome in self.screen_texts().items():
            if outcome.verdict == Verdict.BLOCK and (update_fields is None or name in update_fields):
                raise Blocked(outcome.findings)
        if self.has_new_content and (update_fields is None or "file" in update_fields):
            if update_fields is not None:
                kwargs["update_fields"] = {*update_fields, "screening", "screened_name"}
            self._save_with_new_content(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    def _save_with_new_content(self, *args: Any, **kwargs: Any) -> None:
        try:
            screening = self.screen_new_content()
        except Blocked:
            self._remove_refused_file()
            raise
        # Together, so that the worker never meets a content in the queue that no file holds yet.
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
        self._vetted = None

    def _remove_former_file(self, name: str) -> None:
        """Take away the file that another has taken the place of, unless some row still has it."""
        if name and not type(self)._base_manager.filter(file=name).exists():  # type: ignore[misc]
            self.file.storage.delete(name)

    def screen_texts(self) -> dict[str, Screening]:
        """What is said of the texts, by the field's name."""
        return {
            name: screen_text(text, where=_label(self, name))
            for name in self.screened_texts
            if (text := getattr(self, name))
        }

    def screen_new_content(self) -> FileScreening | None:
        """What is known of a file that is not saved yet; None where there is none or it has to wait.

        Raises Blocked. The answer is kept, so that a form and `save()` do not read the file twice.
        """
        if not self.has_new_content:
            return None
        vetted = getattr(self, "_vetted", None)
        if vetted is None or vetted[0] is not self.file.file:
            vetted = (self.file.file, self._screen_content())
            self._vetted = vetted
        return vetted[1]

    def _screen_content(self) -> FileScreening | None:
        name = PurePath(self.file.name).name
        # An underscore is a space to a reader, and what Django makes of one.
        outcome = screen_text(name.replace("_", " "), where="Filens namn")
        if outcome.verdict == Verdict.BLOCK:
            raise BlockedFile(outcome.findings)
        content = content_of(self.file)
        screening = known_screening(content)
        if screening is None and content.size <= settings.SCREENING_DIRECT_BYTES:
            screening = screen_at_once(self.file, content)
        if screening is not None and screening.blocks:
            raise BlockedFile(screening.result.findings)
        return screening

    def _remove_refused_file(self) -> None:
        """Take a file that was stored before the row away again, unless another row has it."""
        name = self.file.name
        if self.file._committed and not type(self)._base_manager.complex_filter({"file": name}).exists():
            self.file.storage.delete(name)


def _label(instance: models.Model, name: str) -> str:
    return capfirst(str(instance._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
