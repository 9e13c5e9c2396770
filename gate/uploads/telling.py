"""What is told, and to whom, when a file that is stored already turns out to block."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log

from screening.findings import BLOCKING, Finding, Kind
from screening.wording import NAMES, masked_title, refusal

from ..models import FileScreening
from .holders import holders_of

MOST_PLACES = 10  # of each kind; the page about the file has them all
MAIL = """Hej!

Du har laddat upp «{title}» i LUMEN. När filen granskades hittades uppgifter som inte får publiceras:

{found}

Filen visas inte för någon besökare. Byt ut den mot en fil utan uppgifterna, eller ta bort den:
{address}

Hälsningar
LUMEN
"""


def tell_of_block(screening: FileScreening) -> None:
    """Log on each file that holds the content that it blocks, and mail those who uploaded them."""
    found = refusal(screening.result.findings)
    for holder in holders_of(screening):
        log(instance=holder, action="gate.blocked", data={"findings": found})
        uploader = holder.uploaded_by_user
        if uploader is not None and uploader.is_active and uploader.email:
            path = AdminURLFinder().get_edit_url(holder) or ""
            text = MAIL.format(
                title=masked_title(holder.title),
                found=_places(screening.result.findings),
                address=f"{settings.WAGTAILADMIN_BASE_URL}{path}",
            )
            subject, headers = "En fil du har laddat upp får inte publiceras", settings.SCREENING_MAIL_HEADERS
            EmailMessage(subject, text, to=[uploader.email], headers=headers).send()


def _places(findings: Iterable[Finding]) -> str:
    """A line for each kind that blocks, with the first of its places."""
    places: dict[Kind, dict[str, None]] = {}
    for finding in findings:
        if finding.kind in BLOCKING:
            places.setdefault(finding.kind, {})[finding.where or "i filen"] = None
    lines = []
    for kind, where in places.items():
        more = f" och {len(where) - MOST_PLACES} till" if len(where) > MOST_PLACES else ""
        lines.append(f"- {NAMES[kind]}: {'; '.join(list(where)[:MOST_PLACES])}{more}")
    return "\n".join(lines)
