"""What the desk and a file's page show about stops that may be wrong."""

from typing import Any

from django.urls import reverse
from wagtail.models import Page

from screening.descriptions import NAMES, describe_without_advice
from screening.findings import Finding

from .models import FileScreening, Objection
from .permissions import others_who_can_pass_stops, user_can_answer_for
from .stops import stops_in, stops_in_file

# What one answers for, said by both.
ANSWER = (
    "Jag har sett efter vad numret är. Det är inget personnummer eller samordningsnummer, och pekar inte ut någon. "
    "Jag svarar för det med mitt namn."
)


def present_objections(subject: Page | FileScreening, user: Any) -> dict[str, Any]:
    """The template variables about stops of a page's draft, or of a content: to object to, to answer, and passed."""
    is_page = isinstance(subject, Page)
    stops = stops_in(subject) if isinstance(subject, Page) else stops_in_file(subject)
    rows = list(Objection.objects.about(subject).select_related("proposed_by", "agreed_by").order_by("pk"))
    known = {row.digest for row in rows}
    current = {stop.digest for stop in stops}
    # An objection to a text that has changed is not shown: it has no effect.
    in_force = {stop.digest for stop in stops_in(subject, passed=True)} if isinstance(subject, Page) else known
    return {
        "may": user_can_answer_for(user, subject),
        "object_url": reverse("gate_object_page" if is_page else "gate_object_file", args=[subject.pk]),
        "stops": [(stop.digest, _sentence(stop.finding, stop.number)) for stop in stops if stop.digest not in known],
        "waiting": [_present(row, user) for row in rows if not row.agreed_at and row.digest in current],
        "passed": [_present(row, user) for row in rows if row.agreed_at and row.digest in in_force],
        "answer": ANSWER,
        "others": ", ".join(others_who_can_pass_stops(user)) if rows else "",
    }


def _present(row: Objection, user: Any) -> dict[str, Any]:
    gone = "någon som inte längre finns i LUMEN"
    return {
        "what": describe_without_advice(row.finding),
        "reason": row.reason,
        "by": str(row.proposed_by or gone),
        "agreed_by": str(row.agreed_by or gone),
        "is_own": row.proposed_by_id == user.pk,
        "url": reverse("gate_objection", args=[row.pk]),
    }


def _sentence(finding: Finding, number: int) -> str:
    sentence = describe_without_advice(finding)
    return f"{sentence} {number} {NAMES[finding.kind]} ser likadana ut här." if number > 1 else sentence
