"""The form that confirms a purge."""

from typing import Any

from django import forms
from django.db.models import Model

from .actions import MAX_REASON, reason_fault


class PurgeForm(forms.Form):
    """Asks for a reason and a confirmation; the other fields are shown only where they apply."""

    with_children = forms.BooleanField(label="Rensa bort undersidorna också", required=True)
    notify = forms.BooleanField(
        label="Mejla dem att mötet inte blir av",
        required=False,
        initial=True,
        help_text="Mejlet säger bara när mötet skulle ha varit, och tar bort det ur kalendern.",
    )
    reason = forms.CharField(
        label="Skäl",
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Står kvar i loggen. Skriv därför inget av det som ska bort, till exempel: "
        "Innehöll uppgifter om en enskild.",
        error_messages={"required": "Skriv varför det ska bort."},
    )
    sure = forms.BooleanField(
        label="Jag förstår att det inte går att ångra",
        error_messages={"required": "Kryssa i rutan om du är säker."},
    )

    def __init__(self, *args: Any, instance: Model, children: int = 0, told: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance
        if children:
            noun = "undersida" if children == 1 else "undersidor"
            self.fields["with_children"].label = f"Rensa bort sidans {children} {noun} också"
            self.fields["with_children"].error_messages["required"] = (
                "Sidan kan inte rensas bort utan undersidorna. Kryssa i rutan, eller flytta dem först."
            )
        else:
            del self.fields["with_children"]
        if told:
            noun = "person" if told == 1 else "personer"
            self.fields["notify"].label = f"Mejla de {told} {noun} som väntar på mötet att det inte blir av"
            if told == 1:
                self.fields["notify"].label = "Mejla den som väntar på mötet att det inte blir av"
        else:
            del self.fields["notify"]

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if fault := reason_fault(self.instance, reason):
            raise forms.ValidationError(fault)
        return reason
