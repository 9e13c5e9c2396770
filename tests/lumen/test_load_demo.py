"""The demo is the forum as it stood at the end of 2025, and may be loaded again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.test import TestCase, override_settings

from contacts.models import Organisation, Person
from lumen.demo.meetings import held_days
from lumen.demo.people import EDITOR_EMAIL
from meetings.models import MeetingPage, Registration
from resources.enums import Level, ResourceKind
from resources.models import Category, Document, FrameworkPartPage, ResourcePage, ThemePage

COUNTED = (Organisation, ResourcePage, MeetingPage, Registration, Category)


class TestTheDemo(TestCase):
    """Loaded once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        with override_settings(DEMO_LOGIN=False):
            call_command("load_demo", "--in-production", stdout=StringIO())

    def test_k23_it_is_loaded_in_operation_when_told_so_and_lets_nobody_in(self) -> None:
        assert ResourcePage.objects.exists()
        assert not Person.objects.get(email=EDITOR_EMAIL).has_usable_password()

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

    def test_what_we_have_made_up_says_exempel(self) -> None:
        own = ResourcePage.objects.filter(files__isnull=False)
        assert own.exists()
        assert not own.exclude(title__startswith="Exempel").exists()

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
