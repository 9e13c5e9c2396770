"""What is answered to the question whether a contact person is still there, and what follows."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..actions import end_contact_role
from ..enums import InquiryAnswer, InquiryKind, ProofKind
from ..models import Inquiry, Organisation, today
from ..nominations.actions import Details, hand_over, refer, take_over
from .proofs import prove

CLOSED = "Frågan är redan besvarad, eller behövs inte längre. Tack ändå!"
# The answers that each kind of question has.
ANSWERS = {
    InquiryKind.PERSON: (InquiryAnswer.YES, InquiryAnswer.OTHER, InquiryAnswer.LEFT),
    InquiryKind.COLLEAGUE: (
        InquiryAnswer.YES,
        InquiryAnswer.TAKES_OVER,
        InquiryAnswer.OTHER,
        InquiryAnswer.LEFT,
    ),
    InquiryKind.MAILBOX: (InquiryAnswer.YES, InquiryAnswer.OTHER, InquiryAnswer.LEFT, InquiryAnswer.DECLINED),
}


@transaction.atomic
def answer(*, inquiry: Inquiry, said: InquiryAnswer, name: str = "", email: str = "") -> Inquiry:
    """Take an answer by the link in the mail, and do what follows. Raises ValidationError.

    A colleague's word that somebody has left ends nothing: the mailbox or an editor is asked next.
    """
    Organisation.objects.select_for_update().get(pk=inquiry.organisation_id)
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("about__person", "receiver", "organisation")
    inquiry = rows.get(pk=inquiry.pk)
    role = inquiry.about
    if not inquiry.needs_answer:
        raise ValidationError(CLOSED)
    if inquiry.receiver is not None and said != InquiryAnswer.LEFT:
        prove(inquiry.receiver, ProofKind.CONFIRMED)
    if said == InquiryAnswer.OTHER:
        _name_another(inquiry, Details(email, name))
    elif said == InquiryAnswer.TAKES_OVER and role is not None and inquiry.receiver is not None:
        take_over(role=role, by=inquiry.receiver)
    elif said == InquiryAnswer.LEFT and role is not None and inquiry.kind != InquiryKind.COLLEAGUE:
        end_contact_role(role=role, on=today(), by=None)
    inquiry = rows.get(pk=inquiry.pk)  # a role of today goes when it ends
    inquiry.answer, inquiry.closed_at = said, timezone.now()
    inquiry.save(update_fields=["answer", "closed_at"])
    return inquiry


def _name_another(inquiry: Inquiry, details: Details) -> None:
    role, by = inquiry.about, inquiry.receiver
    if inquiry.kind == InquiryKind.PERSON and role is not None and by is not None and not role.deputy:
        hand_over(role=role, email=details.email, name=details.name, by=by)
    else:
        refer(organisation=inquiry.organisation, about=role, details=details)
