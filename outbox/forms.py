"""The forms of the outbox."""

from django import forms

MAX_LOG_BYTES = 200 * 1024 * 1024


class SmtpLogForm(forms.Form):
    file = forms.FileField(
        label="Loggen",
        help_text="En textfil från Postfix, Sendmail, Exim eller Exchange, eller bara en lista med Message-ID.",
    )

    def clean_file(self) -> forms.FileField:
        file = self.cleaned_data["file"]
        if file.size > MAX_LOG_BYTES:
            raise forms.ValidationError("Filen är större än 200 MB. Ta bara med de dagar som det gäller.")
        return file
