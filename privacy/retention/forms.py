"""The form that changes a rule of retention."""

from typing import ClassVar

from django import forms

from gate.forms import ScreenedForm

from ..models import RetentionRule


class RetentionRuleForm(ScreenedForm, forms.ModelForm):
    """How long, and on which decision; both stand on the public page."""

    class Meta:
        model = RetentionRule
        fields: ClassVar[list[str]] = ["days", "decision"]
        help_texts: ClassVar[dict[str, str]] = {"days": "365 är ett år. Noll är så snart som möjligt."}
