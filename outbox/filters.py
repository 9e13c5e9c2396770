"""What the list of outgoing mails can be narrowed by."""

from django.db.models import Q
from django.forms import CheckboxSelectMultiple, HiddenInput
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from .categories import all_categories
from .enums import BounceClass, MailStatus
from .models import MailQuerySet, OutgoingMail

SEARCH_FIELDS = ["recipient", "subject"]


class MailFilterSet(WagtailFilterSet):
    status = MultipleChoiceFilter(label="Status", choices=MailStatus.choices, widget=CheckboxSelectMultiple)
    bounce_class = ChoiceFilter(
        label="Varför det inte kom fram", choices=BounceClass.choices, empty_label="Alla", method="failed_because"
    )
    category = ChoiceFilter(label="Slag", choices=all_categories, empty_label="Alla")
    # Set by the link from a mail; the names of batches tell an editor nothing.
    batch = CharFilter(label="Utskick", widget=HiddenInput)

    class Meta:
        model = OutgoingMail
        fields: list[str] = []

    def failed_because(self, mails: MailQuerySet, name: str, bounce_class: str) -> MailQuerySet:
        return mails.failed_because(BounceClass(bounce_class))


def listed(query: QueryDict) -> MailQuerySet:
    """The mails that the list shows for the query, on all its pages; none for a filter that makes no sense."""
    found = MailFilterSet(query, OutgoingMail.objects.all(), request=None)
    if not found.is_valid():
        return OutgoingMail.objects.none()
    mails: MailQuerySet = found.qs
    words = query.get("q", "").strip()
    matching = Q()
    for name in SEARCH_FIELDS:
        matching |= Q(**{f"{name}__icontains": words})
    return mails.filter(matching) if words else mails
