"""Forms for a file and its approval: when it is uploaded or changed, and on the page about its screening."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from wagtail.log_actions import log

from screening.descriptions import describe, refusal
from screening.findings import Finding, Verdict
from screening.text import screen_text

from ..errors import Blocked
from ..log_actions import APPROVE_FILE
from ..models import MAX_REASON, FileScreening
from .actions import Person, approve_file, check_approval
from .models import ScreenedFile
from .presentation import (
    CONFIRMATION,
    REASON_NEEDED,
    STATUS,
    advice_on,
    confirmation_of,
    help_on,
    reading_of,
    reasons,
    screening_url,
    state_of,
    twins_of,
)

REASON_HELP = "Varför det som programmet varnar för ändå måste stå kvar."
CONFIRMATION_HELP = (
    "Behövs om programmet inte kan läsa allt, till exempel en bild eller en skannad sida. Du kan också svara senare."
)
CONFIRM_LATER = "Du kan också svara senare. Filen blir inte publik innan dess."


class Reason(forms.CharField):
    """The reason for publishing something that the screening warns of."""

    def __init__(self) -> None:
        super().__init__(label="Skäl", max_length=MAX_REASON, required=False, help_text=REASON_HELP)


class ScreenedFileForm(forms.ModelForm):
    """Mixin for forms of `ScreenedFile` models; goes first among the bases, which must take a `user`.

    What blocks is an error at its field. Ticking `content_is_read` approves the content, which may also be done
    later. The box and the reason are hidden until they are needed.
    """

    reason = Reason()
    content_is_read = forms.BooleanField(label=CONFIRMATION, required=False, help_text=CONFIRMATION_HELP)

    instance: ScreenedFile
    original_file: Any  # the file stored when the form was made; set by Wagtail

    def __init__(self, *args: Any, user: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]  # of Wagtail's forms
        self.person = user
        self.text_warnings: list[Finding] = []
        screening = self.instance.screening
        if not self.data.get(self.add_prefix("reason")):
            self._show("reason", screening is not None and self._waits_for_reason(screening))
        if self.instance.pk is not None:
            self.fields["content_is_read"].help_text = CONFIRM_LATER
            self._show("content_is_read", _can_be_approved(screening))
            if screening is not None:
                self.fields["content_is_read"].label = confirmation_of(screening)
            if "file" in self.fields:
                self.fields["file"].help_text = help_on(screening)

    @property
    def state(self) -> dict[str, Any] | None:
        """Why a stored file is not public, for its row in the multiple upload; None when there is nothing to tell."""
        screening = self.instance.screening
        if self.instance.pk is None or screening is None or self.instance.is_approved:
            return None
        state = state_of(screening)
        return {
            "label": state.label,
            "icon": state.icon,
            "status": STATUS[state.look],
            "advice": advice_on(screening),
            "reasons": reasons(screening),
            "url": screening_url(screening),
        }

    @property
    def twins(self) -> list[tuple[str, str]]:
        """Other files with the same content, for the row of a stored file in the multiple upload."""
        return [] if self.instance.pk is None else twins_of(self.instance, self.person)

    def _waits_for_reason(self, screening: FileScreening) -> bool:
        return self.instance.pk is not None and screening.needs_approval and bool(screening.findings)

    def _show(self, name: str, shown: bool) -> None:
        """Show the field, or make it a hidden input."""
        kind = type(self.base_fields[name].widget) if shown else forms.HiddenInput
        field = self.fields[name]
        if type(field.widget) is not kind:
            field.widget = kind(field.widget_attrs(kind()))

    def add_error(self, field: str | None, error: Any) -> None:
        # The multiple upload's forms have no file field, so its errors are shown for the whole form.
        if isinstance(error, ValidationError) and hasattr(error, "error_dict") and "file" not in self.fields:
            messages = error.update_error_dict({})
            if "file" in messages:
                messages.setdefault(NON_FIELD_ERRORS, []).extend(messages.pop("file"))
            error = ValidationError(messages)
        if field in ("content_is_read", "reason"):
            self._show(field, True)
        super().add_error(field, error)

    def clean_tags(self) -> Any:
        tags = super().clean_tags()  # type: ignore[misc]  # of Wagtail's forms
        findings = [finding for tag in tags for finding in screen_text(tag, where="Nyckelord").findings]
        if sentences := refusal(findings):
            raise ValidationError(sentences)
        return tags

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # this calls the model's `clean`
        if not self.errors:
            self._check_approval()
        if self.errors:
            self._keep_stored_file()

    def _keep_stored_file(self) -> None:
        """Put the stored file back on the instance, since an upload is not kept when the form is refused."""
        if self.instance.pk is not None and not self.instance.file._committed:
            with suppress(OSError):  # An image's size is read again, from a file that may be gone.
                self.instance.file = self.original_file

    def _check_approval(self) -> None:
        screening, ticked = self._outcome(), self.cleaned_data.get("content_is_read", False)
        unread = screening is not None and screening.needs_approval
        self.text_warnings = [
            finding
            for name, outcome in self.instance.screen_texts().items()
            if name in self.changed_data and outcome.verdict == Verdict.WARN
            for finding in outcome.findings
        ]
        findings = [*self.text_warnings, *(screening.result.findings if screening and unread and ticked else [])]
        told = not self.text_warnings and not self.instance.has_new_content
        if error := approval_error(findings, by=self.person, reason=self.cleaned_data.get("reason", ""), told=told):
            self.add_error("reason", error)
            if ticked:
                self._show("content_is_read", True)
        if screening and unread and not ticked and self.instance.has_new_content and self.instance.is_on_live_page:
            self._show("reason", bool(screening.findings))
            self.add_error("content_is_read", _needed_at_once(screening))

    def _outcome(self) -> FileScreening | None:
        return self.instance.screen_new_content() if self.instance.has_new_content else self.instance.screening

    def save(self, commit: bool = True) -> Any:
        instance = super().save(commit)
        if commit and self.person is not None:
            reason = self.cleaned_data.get("reason", "")
            if self.text_warnings:
                data = {"reason": reason, "findings": [describe(finding) for finding in self.text_warnings]}
                log(instance=instance, action=APPROVE_FILE, user=self.person, data=data)
            if self.cleaned_data.get("content_is_read") and _can_be_approved(instance.screening):
                approve_file(instance.screening, by=self.person, reason=reason)
        return instance


class ApproveFileForm(forms.Form):
    """A person's approval of a content that the screening could not read or warns of."""

    reason = Reason()
    content_is_read = forms.BooleanField(label=CONFIRMATION)

    def __init__(self, *args: Any, screening: FileScreening, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.screening, self.by = screening, by
        required = f"Bekräfta att du har {reading_of(screening)}."
        self.fields["content_is_read"].error_messages["required"] = required
        self.fields["content_is_read"].label = confirmation_of(screening)
        if not screening.findings:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        findings = self.screening.result.findings
        if error := approval_error(findings, by=self.by, reason=data.get("reason", ""), told=True):
            self.add_error("reason" if "reason" in self.fields else None, error)
        return data


def approval_error(
    findings: Sequence[Finding], *, by: Person | None, reason: str, told: bool = False
) -> ValidationError | None:
    """The error to show if the person may not approve the findings; shorter if they are `told` beside the field."""
    if by is None:
        return None
    try:
        check_approval(findings, by=by, reason=reason)
    except PermissionDenied as error:
        return ValidationError(str(error))
    except ValidationError as error:
        return ValidationError(REASON_NEEDED) if told and not isinstance(error, Blocked) else error
    return None


def _can_be_approved(screening: FileScreening | None) -> bool:
    return screening is not None and (screening.needs_approval or not screening.is_done)


def _needed_at_once(screening: FileScreening) -> str:
    why = screening.fault or "Programmet varnar för något i filen."
    return f"{why} Filen används på en publicerad sida, så du behöver läsa den och bekräfta här innan den byts ut."
