"""The page Driften: workers, queue and jobs, for administrators."""

from typing import Any

from django.db.models import QuerySet
from django.views.generic import TemplateView

from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from outbox.permissions import user_can_release_queue
from privacy.guarded_views import GuardedView

from .models import Heartbeat, JobRun
from .operation import Operation, read_operation

TITLE = "Driften"


class OperationView(GuardedView, TemplateView):
    """The whole state of the operation, with what is late first."""

    template_name = "admin_operation/operation.html"
    page_title = TITLE
    header_icon = "cogs"
    refusal = "Hur driften mår ser bara administratörer."

    def may(self, user: Any) -> bool:
        return user_can_release_queue(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        operation = read_operation()
        return {
            **super().get_context_data(**kwargs),
            "operation": operation,
            "late": operation.late(),
            "workers": _with_doings(operation),
            "jobs": [{"state": state, "is_late": state.is_late(operation.now)} for state in operation.jobs],
            "waiting": OutgoingMail.objects.pending().count(),
        }


def _with_doings(operation: Operation) -> list[dict[str, Any]]:
    """Each worker with what it is doing now, as its mails and jobs tell."""
    sending = list(_held(OutgoingMail.objects.filter(status=MailStatus.SENDING)))
    running = list(_held(JobRun.objects.exclude(holder="")))
    return [
        {"worker": worker, "sends": _held_by(worker, sending), "runs": _held_by(worker, running)}
        for worker in operation.workers
    ]


def _held(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values_list("holder", flat=True)


def _held_by(worker: Heartbeat, holders: list[str]) -> int:
    return sum(holder.startswith(f"{worker.process}/") for holder in holders)
