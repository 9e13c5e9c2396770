"""The panel of the admin's start page with all that waits, from every room, the oldest first."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from contacts.nominations.waiting import waiting_nominations
from contacts.reachability.waiting import waiting_organisations
from gate.desk.waiting import waiting_reviews
from gate.files.home_panel import waiting_files
from gate.objection_panel import waiting_objections
from gate.waiting import Waiting
from meetings.home_panel import waiting_at_meetings
from meetings.views.admin.base import user_can_enter
from resources.drafts.waiting import waiting_comments
from resources.versions.waiting import waiting_versions


def waiting_for(user: Any) -> list[Waiting]:
    """What waits that the user may do something about, the oldest first."""
    found = [*waiting_reviews(user), *waiting_objections(user), *waiting_files(user)]
    found += [*waiting_versions(user), *waiting_comments(user), *waiting_nominations(user)]
    found += waiting_organisations(user)
    if user_can_enter(user):
        found += waiting_at_meetings()
    return sorted(found, key=lambda each: each.since)


class WaitingPanel(Component):
    name = "waiting"
    template_name = "admin_operation/waiting_panel.html"
    order = 40

    def __init__(self, user: Any) -> None:
        self.waiting = waiting_for(user)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"waiting": self.waiting}
