"""What is told, and to whom, when a file that is stored already turns out to block."""

from django.conf import settings
from django.core.mail import EmailMessage
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log

from ..models import FileScreening
from ..wording import refusal
from .holders import holders_of

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
        log(instance=holder, action="screening.blocked", data={"findings": found})
        uploader = holder.uploaded_by_user
        if uploader is not None and uploader.is_active and uploader.email:
            path = AdminURLFinder().get_edit_url(holder) or ""
            text = MAIL.format(
                title=holder.title,
                found="\n".join(f"- {sentence}" for sentence in found),
                address=f"{settings.WAGTAILADMIN_BASE_URL}{path}",
            )
            EmailMessage("En fil du har laddat upp får inte publiceras", text, to=[uploader.email]).send()
