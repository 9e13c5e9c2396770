"""What an editor reads about a file."""

from django.urls import reverse
from django.utils.html import format_html

from ..models import FileScreening, ScreeningState

TICK = (
    "Jag har läst filen eller tittat på bilden. Den innehåller inga uppgifter om enskilda, företag "
    "eller pågående ärenden."
)


def state_of(screening: FileScreening | None) -> str:
    """A few words about where a file stands."""
    if screening is None or screening.state == ScreeningState.WAITING:
        return "Väntar på granskning"
    if screening.state == ScreeningState.RUNNING:
        return "Granskas"
    if screening.blocks:
        return "Får inte publiceras"
    return "Godkänd" if screening.is_cleared else "Väntar på ditt ord"


def help_on(screening: FileScreening | None) -> str:
    """Where a file stands and what its editor can do, as HTML with a link to its screening."""
    if screening is None:
        return "Granskning: väntar."
    state = state_of(screening)
    why = f" {screening.fault}" if screening.fault and not screening.is_cleared else ""
    return format_html(
        'Granskning: {}.{} <a href="{}">Se granskningen</a>', state.lower(), why, screening_url(screening)
    )


def screening_url(screening: FileScreening) -> str:
    """The address of the page about the content in the admin."""
    return reverse("screening_file", args=[screening.pk])


def advice_on(screening: FileScreening) -> str:
    """What the state means, and what the editor can do."""
    if screening.state != ScreeningState.DONE:
        return "Filen granskas. Det kan ta någon minut, och till dess är den inte publik."
    if screening.blocks:
        return (
            "Filen innehåller uppgifter som inte får publiceras. Ingen besökare ser den. Byt ut den mot en fil "
            "utan uppgifterna, eller ta bort den."
        )
    if screening.is_cleared:
        return "Filen får publiceras."
    if screening.findings:
        return "Programmet varnar för uppgifter i filen. Läs den, och skriv ett skäl om de ändå måste stå kvar."
    return "Programmet kunde inte läsa hela filen. Läs den själv, och godkänn den om den får publiceras."
