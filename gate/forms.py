"""Forms that refuse what must not be public.

`ScreenedForm` is for people who are not asked for reasons: visitors, participants and contact persons, and
editors where no number belongs. `ScreenedModelForm` lets an editor save despite a warning, with a reason.
"""

from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import log

from screening.descriptions import describe
from screening.findings import BLOCKING, Finding, Kind
from screening.text import screen_text

from .findings import screen_field, sentence_at_field
from .log_actions import APPROVE_WARNINGS_IN_ROW
from .models import MAX_REASON
from .permissions import user_can_approve_warnings
from .texts import text_fields

REASON = "screening_reason"

ASK_SOMEBODY = "Måste det stå kvar? Be någon som får gå vidare trots en varning att spara."

# Short and warm, and without the excerpt: whoever has typed the number knows it.
REFUSALS = {
    Kind.PERSONAL_NUMBER: "Ta bort personnumret. Vi behöver det inte.",
    Kind.COORDINATION_NUMBER: "Ta bort samordningsnumret. Vi behöver det inte.",
    Kind.ORGANISATION_NUMBER: "Ta bort organisationsnumret. Vi behöver det inte.",
    Kind.CASE_NUMBER: "Ta bort ärendenumret. Här berättar vi inte om enskilda ärenden.",
}


class ScreeningValidator:
    """A validator that refuses what blocks and what warns, with a sentence for each kind and none of the digits.

    A text longer than its field takes (`longest`) is not screened: the field refuses it, and no work is done on it.
    """

    def __init__(self, context: str = "", *, longest: int | None = None) -> None:
        self.context = context
        self.longest = longest

    def __call__(self, value: Any) -> None:
        if self.longest is not None and len(str(value)) > self.longest:
            return
        kinds = dict.fromkeys(finding.kind for finding in screen_text(str(value), context=self.context).findings)
        if kinds:
            raise ValidationError([ValidationError(REFUSALS[kind], code="screened") for kind in kinds])


class ScreenedForm(forms.BaseForm):
    """Mixin, first among the bases, that screens every text field before anything else is done with it.

    A refused value does not reach the form's `clean_…` methods, so no address is looked up and no mail is
    written.
    """

    def full_clean(self) -> None:
        for field in self.fields.values():
            if not isinstance(field, forms.CharField) or isinstance(field.widget, forms.PasswordInput):
                continue
            if not any(isinstance(validator, ScreeningValidator) for validator in field.validators):
                field.validators.append(ScreeningValidator(str(field.label or ""), longest=field.max_length))
        super().full_clean()


class ScreenedModelForm(forms.ModelForm):
    """An editor's form of a `Screened` model.

    What blocks is refused first. A warning in a text that has changed needs a reason: the form is shown again
    with a field for it, and `save` writes it to the log. Without `for_user` nobody can save despite a warning.
    `told` has sentences about what was found, with the names of the fields, for the view to show. After a save
    `advice` has what the editor should look at; it never stops a save.
    """

    screening_reason = forms.CharField(
        label="Varför ska det ändå stå där?",
        help_text="Skälet sparas i historiken med ditt namn.",
        max_length=MAX_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    for_user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: list[Finding] = []
        self.advice: list[Finding] = []
        self.told: list[str] = []
        # Put back when there is something to give a reason for.
        self._reason_field = self.fields.pop(REASON)
        if self.data.get(self.add_prefix(REASON), "").strip():
            self.fields[REASON] = self._reason_field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.warnings, self.advice, self.told = [], [], []
        stops: list[tuple[Any, Finding]] = []
        warnings: list[tuple[Any, Finding]] = []
        for field in text_fields(self._meta.model):
            if field.name not in cleaned:
                continue
            screening = screen_field(field, cleaned[field.name])
            stops += [(field, finding) for finding in screening.findings if finding.kind in BLOCKING]
            if field.name in self.changed_data:
                warnings += [(field, finding) for finding in screening.findings if finding.kind not in BLOCKING]
                self.advice += screening.advice
        if stops:
            self._tell(stops)
        elif warnings:
            self.warnings = [finding for _, finding in warnings]
            if self.for_user is None or not user_can_approve_warnings(self.for_user):
                self.fields.pop(REASON, None)
                self._tell(warnings, f" {ASK_SOMEBODY}")
            elif not self._has_reason(str(cleaned.get(REASON) or "").strip()):
                self._tell(warnings)
        return cleaned

    def _tell(self, found: list[tuple[Any, Finding]], addition: str = "") -> None:
        """Show the findings at their fields, each sentence once."""
        self.told = list(dict.fromkeys(describe(finding) + addition for _, finding in found))
        at_fields = dict.fromkeys((field.name, sentence_at_field(field, finding)) for field, finding in found)
        for name, sentence in at_fields:
            self.add_error(name, sentence + addition)

    def _has_reason(self, reason: str) -> bool:
        """Whether the editor has given a reason that can be kept; if not, the form asks for one."""
        was_asked = self.add_prefix(REASON) in self.data
        self.fields[REASON] = self._reason_field
        if not reason:
            if was_asked and REASON not in self.errors:
                self.add_error(REASON, "Skriv varför det ändå ska stå där.")
            return False
        if screen_text(reason, context=str(self._reason_field.label)).findings:
            self.add_error(REASON, "Skriv skälet utan nummer som pekar ut någon.")
            return False
        return True

    def save(self, commit: bool = True) -> Any:
        instance = super().save(commit)
        if commit and self.warnings:
            findings = [asdict(finding) for finding in self.warnings]
            data = {"reason": self.cleaned_data[REASON].strip(), "findings": findings}
            log(instance, APPROVE_WARNINGS_IN_ROW, user=self.for_user, data=data)
        return instance


class ScreenedAdminForm(ScreenedModelForm, WagtailAdminModelForm):
    """The base of forms that Wagtail makes from panels."""
