"""The form of the desk: the publisher's approval of pages and files."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from screening.descriptions import STATEMENT, statement
from screening.findings import Verdict
from screening.text import screen_text

from ..errors import Blocked
from ..models import MAX_REASON
from .reviews import FileReview, PageReview, token_of

UNSEEN = "Något har ändrats sedan du öppnade den här vyn. Läs igenom den en gång till innan du publicerar."


class Note(forms.CharField):
    """A text that the publisher writes. Refuses what blocks; `where` is the place that the refusal names."""

    def __init__(self, *, where: str, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)
        self.where = where

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        outcome = screen_text(text, where=self.where)
        if outcome.verdict == Verdict.BLOCK:
            raise Blocked(outcome.findings)
        return text


class DeskForm(forms.Form):
    """The publisher's approval of the content and of each unread file, with a reason for the warnings.

    Its fields are made from the reviews, so it asks only for what these pages need.
    """

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    comment = Note(label="Kommentar till godkännandet", where="Kommentar", required=False)
    statement = forms.BooleanField(
        label=STATEMENT, error_messages={"required": "Kryssa i rutan för att bekräfta innehållet."}
    )

    def __init__(self, *args: Any, reviews: list[PageReview], approving: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviews = reviews
        self.fields["token"].initial = token_of(reviews)
        # Field name → review. Each page with new warnings has a reason of its own.
        self.asked_why = {f"reason_{review.page.pk}": review for review in reviews if review.new_warnings}
        for name, review in self.asked_why.items():
            self.fields[name] = _reason_for(review, several=len(reviews) > 1)
        self.asked_to_refrain = {f"refrain_{review.page.pk}": review for review in reviews if review.refrainable}
        for name, review in self.asked_to_refrain.items():
            self.fields[name] = _refrain_for(review, several=len(reviews) > 1)
        approved = any(review.approved_warnings for review in reviews)
        self.fields["statement"].label = statement(bool(self.asked_why), earlier=approved)
        self.unread = {
            f"read_{file.screening.pk}": file
            for review in reviews
            for file in review.unread
            if file.screening is not None
        }
        for name, file in self.unread.items():
            besides = ", utöver det som jag har motiverat" if file.result.findings else ""
            self.fields[name] = forms.BooleanField(
                label=f"Jag har läst {file.name}. Den innehåller inga uppgifter om enskilda, företag eller ärenden"
                f"{besides}.",
                error_messages={"required": "Läs filen och kryssa i rutan."},
            )
        if not approving:
            del self.fields["comment"]
        self.order_fields([*self.unread, *self.asked_why, *self.asked_to_refrain])

    @property
    def reasons(self) -> list[BoundField]:
        return [self[name] for name in self.asked_why]

    def reason_for(self, review: PageReview) -> str:
        """The reason given for the warnings of the page; "" if none was asked for."""
        return str(self.cleaned_data.get(f"reason_{review.page.pk}", ""))

    @property
    def to_refrain(self) -> list[BoundField]:
        return [self[name] for name in self.asked_to_refrain]

    def refrains(self, review: PageReview) -> bool:
        """Whether the page is to be published without what may be left out of its consequences."""
        return bool(self.cleaned_data.get(f"refrain_{review.page.pk}"))

    @property
    def unread_files(self) -> Iterator[tuple[FileReview, BoundField]]:
        for name, file in self.unread.items():
            yield file, self[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("token") != token_of(self.reviews):
            # Something has changed since the form was shown, so the approvals are asked for again.
            asked_again = {"token", "statement", *self.unread}
            kept = {name: value for name, value in self.data.items() if name not in asked_again}
            self.data = {**kept, "token": token_of(self.reviews)}
            raise forms.ValidationError(UNSEEN, code="unseen")
        return cleaned


def _refrain_for(review: PageReview, *, several: bool) -> forms.BooleanField:
    label = " ".join(consequence.refrain_label for consequence in review.refrainable)
    return forms.BooleanField(label=f"”{review.title}”: {label}" if several else label, required=False)


def _reason_for(review: PageReview, *, several: bool) -> Note:
    page = f"”{review.title}” " if several else ""
    verb = "schemalägga" if review.is_scheduled else "publicera"
    return Note(
        where="Skäl",
        label=f"Skäl till att {verb} {page}trots varningen",
        help_text="Skälet sparas med ditt namn. Skriv inget om enskilda här heller.",
        max_length=MAX_REASON,
        error_messages={"required": "Skriv varför det ändå kan publiceras, eller gå tillbaka och ändra i sidan."},
    )
