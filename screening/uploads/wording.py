"""What an editor reads about a file."""

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
    return "Får publiceras" if screening.is_cleared else "Väntar på ditt ord"
