"""What a publisher answers."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from ..findings import Verdict
from ..models import Clearance
from ..text import screen_text
from ..wording import STATEMENT, refusal
from .review import FileReview, PageReview, token_of

UNSEEN = "Något har ändrats sedan du öppnade den här vyn. Läs igenom den en gång till innan du publicerar."


class DeskForm(forms.Form):
    """The word of the one who publishes: for the content, for each unread file, and why despite a warning.

    It is built from what is being published, so it asks for no more than is needed.
    """

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Skäl till att publicera trots varningen",
        help_text="Skälet sparas med ditt namn. Skriv inget om enskilda här heller.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför det ändå kan publiceras, eller gå tillbaka och ändra i sidan."},
    )
    comment = forms.CharField(
        label="Kommentar till godkännandet", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    statement = forms.BooleanField(
        label=STATEMENT, error_messages={"required": "Kryssa i rutan för att bekräfta innehållet."}
    )

    def __init__(self, *args: Any, reviews: list[PageReview], approving: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviews = reviews
        self.fields["token"].initial = token_of(reviews)
        self.unread = {
            f"read_{file.screening.pk}": file
            for review in reviews
            for file in review.unread
            if file.screening is not None
        }
        for name, file in self.unread.items():
            self.fields[name] = forms.BooleanField(
                label=f"Jag har läst {file.file}. Den innehåller inga uppgifter om enskilda, företag eller ärenden.",
                error_messages={"required": "Läs filen och kryssa i rutan."},
            )
        if any(review.new_warnings for review in reviews):
            self.fields["reason"].initial = self._former_reason()
        else:
            del self.fields["reason"]
        if not approving:
            del self.fields["comment"]

    def _former_reason(self) -> str:
        """What was said the last time that a single page was published despite warnings."""
        if len(self.reviews) > 1:
            return ""
        former = Clearance.objects.about(self.reviews[0].page).exclude(reason="").order_by("-at").first()
        return former.reason if former else ""

    @property
    def unread_files(self) -> Iterator[tuple[FileReview, BoundField]]:
        for name, file in self.unread.items():
            yield file, self[name]

    def clean_reason(self) -> str:
        return self._without_numbers("reason", "Skäl")

    def clean_comment(self) -> str:
        return self._without_numbers("comment", "Kommentar")

    def _without_numbers(self, name: str, where: str) -> str:
        text: str = self.cleaned_data[name].strip()
        outcome = screen_text(text, where=where)
        if outcome.verdict == Verdict.BLOCK:
            raise forms.ValidationError(refusal(outcome.findings))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("token") != token_of(self.reviews):
            # Nobody has confirmed what nobody has seen.
            asked_again = {"token", "statement", *self.unread}
            kept = {name: value for name, value in self.data.items() if name not in asked_again}
            self.data = {**kept, "token": token_of(self.reviews)}
            raise forms.ValidationError(UNSEEN, code="unseen")
        return cleaned
