"""The page "Inbjudan och deltagare" of a meeting: facts, numbers, mail-outs and what can be done."""

from typing import Any

from contacts.models import Organisation

from ... import actions
from ...enums import MailOutKind
from ...mail_out_status import Progress
from ...models import MeetingPage
from ...organisation_status import numbers_of
from ...reminders import reminder_plan
from .base import MeetingAdminView


def count_receivers(meeting: MeetingPage) -> int:
    """How many mails an invitation sent now would be: one for each person and organisation."""
    if not meeting.is_open:
        return 0
    receivers = actions.receivers_without_invitation(meeting).select_related(None).order_by()
    return receivers.values("person", "organisation").distinct().count()


class MeetingView(MeetingAdminView):
    template_name = "admin_meetings/meeting.html"
    page_title = "Inbjudan och deltagare"
    tab = "meeting"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail_outs = list(self.meeting.mail_outs.select_related("created_by"))
        return super().get_context_data(
            numbers=numbers_of(self.meeting),
            mail_outs=[(row, Progress.of(row)) for row in mail_outs],
            reminder=reminder_plan(self.meeting),
            to_invite=count_receivers(self.meeting),
            is_invited=any(row.kind == MailOutKind.INVITATION for row in mail_outs),
            unreachable=Organisation.objects.covered().nobody_to_mail().count(),
            **kwargs,
        )
