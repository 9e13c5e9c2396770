"""Files that wait for approval or are blocked, for the admin's start page."""

from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from wagtail.permissions import policy_registry

from ..enums import FileState
from ..models import file_models
from ..waiting import Waiting

SAID = {FileState.NEEDS_APPROVAL: "väntar på ditt ord", FileState.BLOCKED: "får inte publiceras"}


def waiting_files(user: Any) -> list[Waiting]:
    """For each kind of file in a state that the user can do something about: how many, and the list of them."""
    found = []
    for model in filter(lambda each: each.admin_list, file_models()):
        policy = policy_registry.get_by_type(model)
        files = policy.instances_user_has_permission_for(user, "change")
        for state, said in SAID.items():
            row = files.in_state(state).order_by().aggregate(number=Count("pk"), since=Min("screening__created_at"))
            if row["number"]:
                name = model._meta.verbose_name if row["number"] == 1 else model._meta.verbose_name_plural
                url = f"{reverse(model.admin_list)}?granskning={state}"
                found.append(Waiting(row["since"], f"{row['number']} {name} {said}", url))
    return found
