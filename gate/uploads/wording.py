"""What an editor reads about a file."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from screening.files.images import PICTURE
from screening.findings import Finding
from screening.wording import located

from ..models import FileScreening, ScreeningState

NOTHING = "Den innehåller inga uppgifter om enskilda, företag eller pågående ärenden"
# Who writes a reason would not speak the truth without the end.
NOTHING_ELSE = f"{NOTHING}, utöver det jag har motiverat"
TICK = f"Jag har läst filen eller tittat på bilden. {NOTHING}."
REASON_NEEDED = "Skriv varför det ändå får stå kvar."
SHOWN = 3  # findings beside a field; the page about the content has them all
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic", ".bmp", ".tif", ".tiff", ".svg"})


@dataclass(frozen=True)
class State:
    """Where a file stands, in a few words and in a look: an icon, and a colour by the name of a class."""

    words: str
    icon: str
    look: str


WAITS = State("Väntar på granskning", "time", "works")
RUNS = State("Granskas", "rotate", "works")
STOPPED = State("Får inte publiceras", "circle-xmark", "stopped")
WANTS_WORD = State("Väntar på ditt ord", "warning", "waits")
CLEARED = State("Godkänd", "circle-check", "cleared")
# Which of Wagtail's boxes a look has.
STATUS = {"works": "info", "stopped": "critical", "waits": "warning", "cleared": "info"}


def state_of(screening: FileScreening | None) -> State:
    """Where a file stands."""
    if screening is None or screening.state == ScreeningState.WAITING:
        return WAITS
    if screening.state == ScreeningState.RUNNING:
        return RUNS
    if screening.blocks:
        return STOPPED
    return CLEARED if screening.is_cleared else WANTS_WORD


def help_on(screening: FileScreening | None) -> str:
    """Where a file stands, what was found and what its editor can do, as HTML with a link to its screening."""
    if screening is None:
        return "Granskning: väntar."
    sentences = " ".join([f"Granskning: {state_of(screening).words.lower()}.", *reasons(screening)])
    return format_html('{} <a href="{}">Se granskningen</a>', sentences, screening_url(screening))


def reasons(screening: FileScreening) -> list[str]:
    """Why a file stands where it stands: what was found or not read, or whose word it has."""
    if screening.is_cleared:
        return [cleared_words(screening)] if screening.cleared_at else []
    found = places(screening.result.findings)
    more = [f"Det finns {len(found) - SHOWN} ställen till."] if len(found) > SHOWN else []
    return [*filter(None, [fault_of(screening)]), *found[:SHOWN], *more]


def cleared_words(screening: FileScreening) -> str:
    """Who has answered for the content, and when."""
    who = screening.cleared_by or "någon som inte längre finns i LUMEN"
    return f"Godkänd av {who} den {date_format(localtime(screening.cleared_at), 'j F Y H:i')}."


def screening_url(screening: FileScreening) -> str:
    """The address of the page about the content in the admin."""
    return reverse("screening_file", args=[screening.pk])


def is_picture(screening: FileScreening) -> bool:
    """Whether the content is an image, which a person looks at rather than reads."""
    return screening.suffix in PICTURES


def tick_on(screening: FileScreening) -> str:
    """What a person confirms of the content."""
    read = "tittat på bilden" if is_picture(screening) else "läst filen"
    return f"Jag har {read}. {NOTHING_ELSE if screening.findings else NOTHING}."


def fault_of(screening: FileScreening) -> str:
    """Why the content could not be read, where `advice_on` does not tell."""
    return "" if screening.fault == PICTURE else screening.fault


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
    if is_picture(screening):
        return "Programmet kan inte läsa vad en bild visar. Titta på bilden, och godkänn den om den får publiceras."
    return "Programmet kunde inte läsa hela filen. Läs den själv, och godkänn den om den får publiceras."


def places(findings: tuple[Finding, ...]) -> list[str]:
    """What was found and where, each place once."""
    return list(dict.fromkeys(located(finding) for finding in findings))
