"""The views of the admin that show personal data and can't say so themselves.

They belong to a library, or to the outbox, which lies below the mixin `contacts.personal_data`. The middleware finds
them by the name of their address.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from contacts.enums import AccessKind


def _with_results(name: str, what: str) -> dict[str, str]:
    """A list, and the part of it that is fetched while one searches."""
    return {name: what, f"{name}_results": what}


# The name of the address → what it shows, in Swedish and itself without personal data. What stands in braces is taken
# from the address. An entry about one person begins as `AccessLogQuerySet.about` expects.
SHOWN: dict[str, str] = {
    **_with_results("outgoing_mail:index", "Lista: utgående mejl"),
    "outgoing_mail:inspect": "Mejl {pk}",
    "outgoing_mail:retry": "Mejl {pk}: försök igen",
    **_with_results("contactperson:history", "Kontaktperson {pk}: historik"),
    "contactperson:usage": "Kontaktperson {pk}: användning",
    "contactperson:delete": "Kontaktperson {pk}: ta bort",
    "contactperson:end": "Kontaktperson {pk}: avsluta uppdraget",
    "contactperson:replace": "Kontaktperson {pk}: byt kontaktperson",
    "contactperson:resume_mail": "Kontaktperson {pk}: skicka mejl igen",
    **_with_results("contactgroup:history", "Grupp {pk}: historik"),
    "contactgroup:usage": "Grupp {pk}: användning",
    "contactgroup:delete": "Grupp {pk}: ta bort",
    **_with_results("organisation:history", "Organisation {pk}: historik"),
    "organisation:usage": "Organisation {pk}: användning",
    "organisation:delete": "Organisation {pk}: ta bort",
    "person_chooser:chosen": "Person {pk}: vald i en lista",
    "person_chooser:chosen_multiple": "Personer valda i en lista",
    **_with_results("wagtailusers_users:history", "Person {pk}: historik"),
    "wagtailusers_users:usage": "Person {pk}: användning",
    "wagtailusers_users:delete": "Person {pk}: ta bort",
    **_with_results("access_log:index", "Lista: läsningar av registret"),
    "purging:log": "Lista: bortrensat",
    "purging:purge": "Bortrensning av {kind} {pk}",
    # Reports that name who did something.
    **_with_results("wagtailadmin_reports:site_history", "Rapport: webbplatsens historik"),
    **_with_results("wagtailadmin_reports:locked_pages", "Rapport: låsta sidor"),
    **_with_results("wagtailadmin_reports:workflow", "Rapport: arbetsflöden"),
    **_with_results("wagtailadmin_reports:workflow_tasks", "Rapport: arbetsflödens steg"),
    **_with_results("wagtailadmin_reports:aging_pages", "Rapport: sidors ålder"),
}


@dataclass(frozen=True)
class ViewOfOther:
    """What such a view has shown, as the log of access asks a view of ours."""

    shows_personal_data: str
    personal_data_rows: int
    access_kind: AccessKind = AccessKind.READ
    one_reading: timedelta | None = None


def view_of_other(request: HttpRequest, response: HttpResponse) -> ViewOfOther | None:
    """The view that answered, if it stands in the table."""
    match = request.resolver_match
    what = SHOWN.get(match.view_name) if match else None
    if match is None or what is None:
        return None
    # A list tells how many rows it has; anything else is one.
    listed = (getattr(response, "context_data", None) or {}).get("object_list")
    # Braces in an address stay as they are, so that the text is never a format of its own.
    kwargs = {name: str(value).replace("{", "{{").replace("}", "}}") for name, value in match.kwargs.items()}
    return ViewOfOther(what.format(**kwargs), 1 if listed is None else len(listed))
