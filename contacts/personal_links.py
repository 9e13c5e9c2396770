"""Makes the personal links of the register anew, for mails that are about to leave."""

from .models import ContactPerson, Inquiry, Nomination


def stop_mail(pk: int) -> str | None:
    row = ContactPerson.objects.filter(pk=pk).first()
    return row.stop_mail_link if row else None


def nomination(pk: int) -> str | None:
    row = Nomination.objects.filter(pk=pk).first()
    return row.link.url if row else None


def inquiry(pk: int) -> str | None:
    row = Inquiry.objects.filter(pk=pk).first()
    return row.link.url if row else None


LINK_MAKERS = {"stop_mail": stop_mail, "nomination": nomination, "inquiry": inquiry}
