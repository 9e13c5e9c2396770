"""Which mails an action for several mails at once is for."""

from django.db.models import Max
from django.http import QueryDict

from .filters import listed
from .models import MailQuerySet, OutgoingMail

WAITING, LISTED = "vantar", "lista"
# What a list's address and its form name the mails by.
FILTERS = ("status", "category", "batch", "q")
LARGEST_ID = 2**63 - 1


class Selection:
    """The mails named by the address of a page or by its form.

    `urval` says whether they are all that wait or all of a list (with the list's own filters); otherwise they are
    those ticked (`id`). `till` is the latest mail when the page was shown: what is written afterwards is not meant.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.choice = data.get("urval", "")
        self.ids = [number for value in data.getlist("id") for part in value.split(",") if (number := _number(part))]
        self.latest = _number(data.get("till", "")) or OutgoingMail.objects.aggregate(latest=Max("pk"))["latest"] or 0

    def mails(self) -> MailQuerySet:
        mails = OutgoingMail.objects.filter(pk__lte=self.latest)
        if self.choice == WAITING:
            return mails.pending()
        if self.choice == LISTED:
            return mails.filter(pk__in=listed(self.data).order_by().values("pk"))
        return mails.filter(pk__in=self.ids)

    def fields(self) -> list[tuple[str, str]]:
        """The names and values of a form that names the same mails again."""
        filters = [(name, value) for name in FILTERS for value in self.data.getlist(name)]
        ids = [("id", ",".join(map(str, self.ids)))] if self.ids else []
        return [("urval", self.choice), ("till", str(self.latest)), *filters, *ids]


def _number(text: str) -> int:
    """The id that the text is, or 0."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    return number if number <= LARGEST_ID else 0
