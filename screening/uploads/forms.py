"""What an editor says about a file when uploading it, and when going back to it."""

from django import forms


class ScreenedFileForm(forms.ModelForm):
    """For forms of models with `ScreenedFile`; goes first among the bases."""
