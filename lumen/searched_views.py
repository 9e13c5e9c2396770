"""The public views beside the tree of pages that the search finds."""

from django.urls import reverse

from contacts.models import Organisation
from resources.search.public_views import PublicView


def organisations() -> PublicView:
    """The list of those who take part: the names that the page shows to anybody, and no person's."""
    covered = Organisation.objects.covered().order_by("name").values_list("name", flat=True)
    actors = Organisation.objects.in_collaboration_group().order_by("name")
    seats = " ".join(f"{actor.name} ({actor.short_name}). {actor.description}" for actor in actors)
    return PublicView(
        path=reverse("contacts:organisations"),
        label="Organisationer",
        title="Organisationer som är med",
        lead="Kommuner, regioner och nationella aktörer som deltar i LUMEN.",
        text=f"Samverkansgruppen: {seats} Kommuner och regioner: {', '.join(covered)}.",
    )


SEARCHED_VIEWS = (organisations,)
