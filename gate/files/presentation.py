"""Describes a file to an editor in the admin: its state, what was found in it, and what to do."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from wagtail.admin.admin_url_finder import AdminURLFinder

from screening.descriptions import describe_without_advice, masked_title
from screening.files.images import PICTURE
from screening.findings import Finding

from ..enums import FileState, ScreeningState
from ..models import FileScreening

NOTHING = "Den innehåller inga uppgifter om enskilda, företag eller pågående ärenden"
# Confirmed by a person who has given a reason for what was found.
NOTHING_ELSE = f"{NOTHING}, utöver det jag har motiverat"
CONFIRMATION = f"Jag har läst filen eller tittat på bilden. {NOTHING}."
REASON_NEEDED = "Skriv varför det ändå får stå kvar."
SHOWN = 3  # findings beside a field; the page about the content has them all
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic", ".bmp", ".tif", ".tiff", ".svg"})


@dataclass(frozen=True)
class State:
    """How the state of a file is shown: label, icon, and look (the end of a CSS class)."""

    label: str
    icon: str
    look: str


WAITING = State("Väntar på granskning", "time", "works")
RUNNING = State("Granskas", "rotate", "works")
BLOCKED = State(FileState.BLOCKED.label, "circle-xmark", "stopped")
NEEDS_APPROVAL = State(FileState.NEEDS_APPROVAL.label, "warning", "waits")
APPROVED = State(FileState.APPROVED.label, "circle-check", "approved")
# Look → status of Wagtail's help block.
STATUS = {"works": "info", "stopped": "critical", "waits": "warning", "approved": "info"}


def state_of(screening: FileScreening | None) -> State:
    """The state of a file with the screening."""
    if screening is None or screening.state == ScreeningState.WAITING:
        return WAITING
    if screening.state == ScreeningState.RUNNING:
        return RUNNING
    if screening.blocks:
        return BLOCKED
    return APPROVED if screening.is_approved else NEEDS_APPROVAL


def help_on(screening: FileScreening | None) -> str:
    """The state of a file and the reasons for it, as HTML with a link to its screening."""
    if screening is None:
        return "Granskning: väntar."
    sentences = " ".join([f"Granskning: {state_of(screening).label.lower()}.", *reasons(screening)])
    return format_html('{} <a href="{}">Se granskningen</a>', sentences, screening_url(screening))


def reasons(screening: FileScreening) -> list[str]:
    """The reasons for a file's state: what was found or could not be read, or who has approved it."""
    if screening.is_approved:
        return [approval_sentence(screening)] if screening.approved_at else []
    found = places(screening.result.findings)
    more = [f"Det finns {len(found) - SHOWN} ställen till."] if len(found) > SHOWN else []
    return [*filter(None, [fault_of(screening)]), *found[:SHOWN], *more]


def approver_of(screening: FileScreening) -> str:
    return str(screening.approved_by or "någon som inte längre finns i LUMEN")


def approval_sentence(screening: FileScreening) -> str:
    """Who has approved the content, and when."""
    when = date_format(localtime(screening.approved_at), "j F Y H:i")
    return f"Godkänd av {approver_of(screening)} den {when}."


def screening_url(screening: FileScreening) -> str:
    """The address of the page about the content in the admin."""
    return reverse("gate_file", args=[screening.pk])


def twins_of(file: Any, user: Any) -> list[tuple[str, str]]:
    """Titles and addresses of the files with the same content that the user may change."""
    finder = AdminURLFinder(user)
    found = [(masked_title(str(twin)), finder.get_edit_url(twin)) for twin in file.twins()[:SHOWN]]
    return [(title, url) for title, url in found if url]


def is_picture(screening: FileScreening) -> bool:
    """Whether the content is an image, which a person looks at rather than reads."""
    return screening.suffix in PICTURES


def reading_of(screening: FileScreening) -> str:
    """What an approver has done with the content: read it, or looked at the image."""
    return "tittat på bilden" if is_picture(screening) else "läst filen"


def confirmation_of(screening: FileScreening) -> str:
    """The sentence that a person confirms to approve the content."""
    return f"Jag har {reading_of(screening)}. {NOTHING_ELSE if screening.findings else NOTHING}."


def fault_of(screening: FileScreening) -> str:
    """Why the content could not be read; "" for images, where `advice_on` says it."""
    return "" if screening.fault == PICTURE else screening.fault


def advice_on(screening: FileScreening) -> str:
    """What the state means, and what the editor can do."""
    if not screening.is_done:
        return "Filen granskas. Det kan ta någon minut, och till dess är den inte publik."
    if screening.blocks:
        return (
            "Filen innehåller uppgifter som inte får publiceras. Ingen besökare ser den. Byt ut den mot en fil "
            "utan uppgifterna, eller ta bort den."
        )
    if screening.is_approved:
        return "Filen får publiceras."
    if screening.findings:
        return "Programmet varnar för uppgifter i filen. Läs den, och skriv ett skäl om de ändå måste stå kvar."
    if is_picture(screening):
        return "Programmet kan inte läsa vad en bild visar. Titta på bilden, och godkänn den om den får publiceras."
    return "Programmet kunde inte läsa hela filen. Läs den själv, och godkänn den om den får publiceras."


def places(findings: tuple[Finding, ...]) -> list[str]:
    """What was found and where, without duplicates."""
    return list(dict.fromkeys(describe_without_advice(finding) for finding in findings))
