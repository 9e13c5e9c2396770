"""The demo is the forum as it stood at the end of 2025, and may be loaded again."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.test import Client, TestCase, override_settings

from contacts.models import Organisation, Person
from lumen.demo.meetings import held_days
from lumen.demo.people import EDITOR_EMAIL, REVIEWER_EMAIL
from lumen.demo.reading import FILES
from meetings.models import MeetingPage, Registration
from resources.bare_addresses import leads_deep
from resources.enums import Level, ResourceKind
from resources.models import (
    Category,
    Document,
    DraftComment,
    DraftLink,
    FrameworkPartPage,
    Image,
    ResourcePage,
    ThemePage,
)

COUNTED = (Organisation, Person, ResourcePage, MeetingPage, Registration, Category, DraftLink, DraftComment, Image)


class TestTheDemo(TestCase):
    """Loaded once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        with override_settings(DEMO_LOGIN=False):
            call_command("load_demo", "--in-production", stdout=StringIO())

    def test_k23_it_is_loaded_in_operation_when_told_so_and_lets_nobody_in(self) -> None:
        assert ResourcePage.objects.exists()
        for email in (EDITOR_EMAIL, REVIEWER_EMAIL):
            assert not Person.objects.get(email=email).has_usable_password()

    def test_as_many_had_contact_persons_by_each_meeting_as_the_report_says(self) -> None:
        covered = [Organisation.objects.coverage(day) for day in held_days()]
        assert [(row.municipalities, row.regions) for row in covered] == [(121, 17), (154, 19)]

    def test_material_of_every_kind_part_level_and_category(self) -> None:
        material = ResourcePage.objects.live()
        assert material.count() >= 30
        assert set(material.values_list("kind", flat=True)) == set(ResourceKind.values)
        assert set(material.values_list("level", flat=True)) >= set(Level.values)
        assert not FrameworkPartPage.objects.filter(resources__isnull=True).exists()
        for kind in ("sector", "area", "arrangement", "audience"):
            with self.subTest(kind):
                assert not Category.objects.filter(Q(kind=kind), **{f"{kind}_resources__isnull": True}).exists()

    def test_at_least_twelve_themes_all_with_material(self) -> None:
        pages = ThemePage.objects.live()
        assert pages.count() >= 12
        assert not pages.filter(theme__tagged_resources__isnull=True).exists()

    def test_u18_each_leads_deep_or_is_an_example_with_a_file_or_a_text_of_its_own(self) -> None:
        material = ResourcePage.objects.live()
        deep = [page for page in material if page.external_url]
        assert deep and all(leads_deep(page.external_url) for page in deep)
        for page in material.exclude(pk__in=[page.pk for page in deep]):
            with self.subTest(page.slug):
                assert page.title.startswith("Exempel")
                assert page.files.exists() or page.body

    def test_u18_no_button_and_no_film_leads_to_the_first_page_of_a_site(self) -> None:
        for page in ResourcePage.objects.live():
            with self.subTest(page.slug):
                html = Client().get(page.url).content.decode()
                [button] = re.findall(r'<a class="ds-button"[^>]*href="([^"]*)"', html.partition("<main")[2]) or [None]
                assert button is None or button.startswith("/") or leads_deep(button)
                assert all(leads_deep(block.value["url"]) for block in page.body if block.block_type == "video_link")

    def test_u7_its_pictures_are_ours_are_public_and_have_a_text(self) -> None:
        pages = [page for model in (ResourcePage, ThemePage) for page in model.objects.exclude(lead_picture=None)]
        assert len(pages) >= 15 and all(page.lead_picture_alt for page in pages)
        assert 5 <= Image.objects.count() <= 8 and all(image.is_public for image in Image.objects.all())
        assert all(path.stat().st_size <= 60_000 for path in FILES.glob("bild-*.png"))
        blocks = [block for page in ResourcePage.objects.live() for block in page.body]
        assert [block for block in blocks if block.block_type == "picture" and block.value["alt_text"]]

    def test_u10_a_draft_waits_for_the_subject_reviewer_and_one_has_a_comment(self) -> None:
        reviewer = Client()
        reviewer.force_login(Person.objects.get(email=REVIEWER_EMAIL))
        assert (
            "Sakgranskning av sidan ”Exempel: Stöd för återkommande kontroll"
            in reviewer.get("/admin/").content.decode()
        )
        editor = Client()
        editor.force_login(Person.objects.get(email=EDITOR_EMAIL))
        assert "1 ny kommentar" in editor.get("/admin/").content.decode()
        drafts = ResourcePage.objects.not_live()
        assert drafts.count() == 2
        assert {Client().get(page.url).status_code for page in drafts} == {404}

    def test_every_file_in_it_can_be_downloaded(self) -> None:
        assert Document.objects.exists()
        assert all(document.is_public for document in Document.objects.all())

    def test_two_meetings_are_held_and_one_is_coming(self) -> None:
        assert MeetingPage.objects.past().count() == 2
        assert [meeting.slug for meeting in MeetingPage.objects.coming()] == ["tredje-motet"]

    def test_nobody_in_it_can_be_mailed(self) -> None:
        assert Registration.objects.exists()
        assert not Registration.objects.exclude(email__endswith=".example").exists()

    def test_loaded_again_it_leaves_what_an_editor_has_changed(self) -> None:
        page = ResourcePage.objects.first()
        page.title = "Ändrad av en redaktör"
        page.save_revision().publish()
        before = [model.objects.count() for model in COUNTED]
        call_command("load_demo", stdout=StringIO())
        assert [model.objects.count() for model in COUNTED] == before
        assert ResourcePage.objects.get(pk=page.pk).title == "Ändrad av en redaktör"


class TestK23InOperation:
    def test_k23_it_is_refused_and_nothing_is_loaded(self, db, settings) -> None:
        settings.DEMO_LOGIN = False
        for arguments in ([], ["--traceback"]):
            with pytest.raises(CommandError, match="--in-production"):
                call_command("load_demo", *arguments, stdout=StringIO())
        assert not Organisation.objects.exists()

    def test_k23_operation_is_what_refuses(self) -> None:
        from lumen.settings import base

        assert base.DEMO_LOGIN is False
