"""A purged page leaves nothing: everything that LUMEN keeps is searched, before and after."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test.client import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    Page,
    PageLogEntry,
)

from gate.desk.actions import publish_reviewed
from gate.desk.reviews import review_page
from gate.models import PageApproval
from outbox.actions import queue
from outbox.mails import Mail
from privacy.purge.actions import purge, purge_versions
from resources.models import ResourcePage
from tests.factories.resources import ResourcePageFactory, body, site_tree

from .history import MARK, REASON, log_in, resource_with_history
from .storage_search import places_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_storage")]


class TestPage:
    def test_nothing_of_a_purged_page_is_left_anywhere(self, client: Client, editor: Any) -> None:
        tree = site_tree()
        page = resource_with_history(editor)
        queue(
            Mail(
                to="red@lumen.example",
                subject=f'Sidan "{MARK} rapport" har granskats',
                text=f"{MARK} rapport: {settings.BASE_URL}/admin/pages/{page.pk}/edit/",
                html=f"<p>{MARK}</p>",
            )
        )
        cache.set("something", f"<p>{MARK}</p>")
        # What others have noted of it.
        child = ResourcePageFactory(title="En annan")
        log(instance=child, action="wagtail.copy", user=editor, data={"source": {"id": page.pk, "title": page.title}})
        found = places_with(MARK)
        for table in (
            "wagtailcore_page",
            "resources_resourcepage",
            "wagtailcore_revision",
            "wagtailcore_pagelogentry",
            "wagtailcore_comment",
            "wagtailcore_commentreply",
            "wagtailcore_taskstate",
            "wagtailadmin_formstate",
            "wagtailredirects_redirect",
            "wagtailsearch_indexentry",
            "resources_keyword",
            "resources_searchentry",
            "resources_searchword",
            "gate_pageapproval",
            "outbox_outgoingmail",
            "cache",
        ):
            assert found[table], f"the mark was to be in {table} before the purge"
        row = purge(page, by=editor, reason=REASON)
        assert places_with(MARK) == {}
        row.refresh_from_db()
        assert row.finished_at
        assert row.removed["wagtailcore.Revision"] >= 3
        assert (row.kind, row.object_id, row.by, row.reason) == ("resources.ResourcePage", str(page.pk), editor, REASON)
        # The others stand, and so does what was done, without its words.
        assert Page.objects.filter(pk=child.pk).exists()
        entries = PageLogEntry.objects.filter(page_id=page.pk)
        assert {entry.label for entry in entries} == {"(bortrensat)"}
        assert {"wagtail.publish", "wagtail.edit"} <= {entry.action for entry in entries}
        report = log_in(client, editor).get(reverse("wagtailadmin_reports:site_history"))
        assert report.status_code == 200
        assert MARK not in report.content.decode()
        assert client.get(tree.library.url).status_code == 200

    def test_a_page_with_pages_below_it_goes_only_with_them(self, editor: Any) -> None:
        page = resource_with_history(editor)
        below = page.get_parent().add_child(
            instance=ResourcePage(title="x", slug="x", kind="report", lead="x", producer=page.producer)
        )
        below.move(page, pos="last-child")
        with pytest.raises(Exception, match="undersida"):
            purge(page, by=None, reason=REASON)
        assert ResourcePage.objects.filter(pk=page.pk).exists()
        below.title = f"{MARK} under"
        below.save_revision().publish()
        purge(page, by=None, reason=REASON, with_children=True)
        assert not ResourcePage.objects.filter(pk__in=[page.pk, below.pk]).exists()
        assert places_with(MARK) == {}

    def test_a_page_that_was_moved_away_keeps_no_address_with_the_purged_name(self, editor: Any) -> None:
        page = resource_with_history(editor)
        moved = ResourcePageFactory(title="Kvar")
        # As Wagtail writes it when the page above is renamed.
        for old_path in (f"{page.url}kvar", f"/material/{MARK.lower()}-rapport/kvar"):
            Redirect.objects.create(old_path=old_path.rstrip("/"), redirect_page=moved)
        Redirect.objects.create(old_path=f"/material/{MARK.lower()}-rapport", redirect_link="/material/")
        other = Redirect.objects.create(old_path="/material/annat", redirect_page=moved)
        purge(page, by=None, reason=REASON)
        assert places_with(MARK) == {}
        assert list(Redirect.objects.filter(redirect_page=moved)) == [other]

    def test_only_older_versions_go_and_the_page_stays_as_it_is(self, client: Client, editor: Any) -> None:
        page = resource_with_history(editor, with_alias=False)
        page.title, page.slug, page.lead = "Rapport", "rapport", "Ren ingress."
        page.body = body("<p>Ren text.</p>")
        page.keywords.set(["ren"])
        page.save_revision(user=editor).publish()
        page.lead = "Ett opublicerat utkast."
        page.save_revision(user=editor)
        assert places_with(MARK)["wagtailcore_revision"]
        row = purge_versions(ResourcePage.objects.get(pk=page.pk), by=editor, reason=REASON)
        assert places_with(MARK) == {}
        assert row.removed["wagtailcore.Revision"] >= 4
        page = ResourcePage.objects.get(pk=page.pk)
        assert page.live
        assert not page.has_unpublished_changes
        assert page.lead == "Ren ingress."
        assert page.revisions.count() == 1
        assert page.get_latest_revision_as_object().lead == "Ren ingress."
        answer = log_in(client, editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == 200

    def test_the_reason_that_the_public_text_stands_on_outlives_the_older_versions(
        self, client: Client, editor: Any
    ) -> None:
        page = ResourcePageFactory(title="Rapport")

        def publish(lead: str, reason: str = "") -> None:
            page.lead = lead
            page.save_revision(user=editor)
            review = review_page(page, user=editor)
            assert bool(review.new_warnings) == bool(reason)
            publish_reviewed(review, by=editor, reason=reason)

        publish(f"{MARK} har organisationsnummer 559999-1238.", f"{MARK} står i en dom.")
        publish("Bolaget har organisationsnummer 559999-1220.", "Står i ett offentligt avtal.")
        publish("Bolaget har organisationsnummer 559999-1220.")  # again, and nothing is asked
        purge_versions(ResourcePage.objects.get(pk=page.pk), by=editor, reason=REASON)
        assert places_with(MARK) == {}
        kept = PageApproval.objects.about(page).order_by("approved_at")
        assert [approval.reason for approval in kept] == ["Står i ett offentligt avtal.", ""]
        assert review_page(ResourcePage.objects.get(pk=page.pk), user=editor).new_warnings == []
        history = log_in(client, editor).get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
        assert "Skäl: Står i ett offentligt avtal." in history
