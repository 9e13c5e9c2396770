"""Imports contact persons from a file in the admin: upload, preview and choose, confirm."""

import base64
import io
from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from openpyxl import Workbook
from openpyxl.styles import Font
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from . import permissions
from .admin_views import RegisterChangeView, user_of
from .enums import AccessKind
from .import_forms import ColumnsForm, ConfirmForm, FillDownForm, OrganisationForm, UploadForm
from .imports import actions
from .imports.guesses import proposed_columns
from .imports.headings import COLUMNS, layout_of
from .imports.kept import KeptFile, read_kept
from .imports.matching import OrganisationFinder
from .imports.plan import Outcome
from .imports.reading import read_rows, read_table
from .imports.returned_rows import faulty_rows
from .imports.rows import MAX_FILE_BYTES, ImportFileError
from .models import Organisation, PendingImport
from .personal_data import IMPORT, IMPORT_PREVIEW, PersonalDataMixin

GONE = (
    "Filen är redan inläst, eller så har det gått mer än en timme. "
    "Är du osäker kan du ladda upp den igen: det som redan finns ändras inte."
)
CHANGED = "Registret eller dina val har ändrats sedan du tittade, så ingenting är sparat. Se efter vad som gäller nu."
MOST_QUESTIONS = 20  # about names at once; with more, the column is hardly the right one


class ImportStep(RegisterChangeView):
    """A step of the import."""

    header_icon = "upload"
    page_title = "Läs in kontaktpersoner"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return render(self.request, template, {**self.get_context_data(), **context}, status=status)


class UploadView(ImportStep):
    """Upload a file. What it would change is shown by the next step."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("admin_contacts/import_upload.html", form=UploadForm(), columns=COLUMNS)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                # One byte more than allowed is enough for the reader to refuse the file.
                table = read_table(upload.name, upload.read(MAX_FILE_BYTES + 1))
                layout = layout_of(table.rows)
                if layout.is_complete:
                    read_rows(table, layout)
            except ImportFileError as error:
                row = f"Rad {error.row}: " if error.row else ""
                form.add_error("file", f"{row}{error.reason}")
            else:
                pending = actions.keep_import_until_confirmed(name=upload.name, table=table, owner=user_of(request))
                return redirect("contact_import:preview", pending.pk)
        return self.page("admin_contacts/import_upload.html", 422, form=form, columns=COLUMNS)


class KeptImportStep(ImportStep):
    """A step with a file that its owner has uploaded."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PendingImport.DoesNotExist:
            messages.warning(request, GONE)
            return redirect("contact_import:index")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("contact_import:preview", pk)

    @cached_property
    def pending(self) -> PendingImport:
        return PendingImport.objects.waiting_for(user_of(self.request)).get(pk=self.kwargs["pk"])

    @cached_property
    def kept(self) -> KeptFile:
        return read_kept(self.pending)

    def preview(self, status: int = 200, **forms: Any) -> HttpResponse:
        """What the file would change, what is asked about, and how its columns were read.

        `forms` are those that were filled in and have a fault.
        """
        kept = self.kept
        plan = kept.plan
        chosen = kept.chosen
        return self.page(
            "admin_contacts/import_preview.html",
            status,
            pending=self.pending,
            kept=kept,
            plan=plan,
            numbers={outcome.value: plan.count(outcome) for outcome in Outcome},
            chosen=chosen,
            questions=plan.questions[:MOST_QUESTIONS],
            questions_left=len(plan.questions[MOST_QUESTIONS:]),
            organisations=Organisation.objects.order_by("name") if plan.questions else [],
            without=",".join(str(outcome.row) for outcome in plan.errors),
            faulty=self.faulty_file(),
            **{"columns_form": self.columns_form(), **forms},
        )

    def faulty_file(self) -> str:
        """The rows with faults as a workbook, for a link that holds it; "" when there are none."""
        names = {each.key: each.organisation.name for each in self.kept.chosen}
        if not self.kept.plan.errors:
            return ""
        return base64.b64encode(faulty_rows(self.kept.rows, self.kept.plan, names)).decode()

    def columns_form(self, data: QueryDict | None = None) -> ColumnsForm:
        kept, layout = self.kept, self.kept.layout
        columns: Mapping[int, str] = layout.columns
        if not layout.is_complete:
            columns = proposed_columns(kept.table, layout, OrganisationFinder(Organisation.objects.all()))
        initial = {f"column_{column}": field for column, field in columns.items()}
        return ColumnsForm(data, table=kept.table, layout=layout, initial={**initial, "first_row": layout.first_row})


class PreviewView(PersonalDataMixin, KeptImportStep):
    """See what the file would change. The comparison is logged as a reading of the register."""

    shows_personal_data = IMPORT_PREVIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.personal_data_rows = len(self.kept.rows or self.kept.table.rows)
        return self.preview()


class OrganisationView(PersonalDataMixin, KeptImportStep):
    """Say which organisation a written name means, for all the rows that have it."""

    shows_personal_data = IMPORT_PREVIEW

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = OrganisationForm(request.POST)
        if not form.is_valid():
            return self.preview(422, answer=form)
        actions.choose_organisation(
            pending=self.pending,
            key=form.cleaned_data["key"],
            organisation=form.cleaned_data["organisation"],
            by=user_of(request),
        )
        return redirect("contact_import:preview", pk)


class FillDownView(KeptImportStep):
    """Let rows without an organisation have that of the row above."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = FillDownForm(request.POST)
        if form.is_valid():
            actions.choose_to_fill_down(
                pending=self.pending, fills_down=form.cleaned_data["fills_down"], by=user_of(request)
            )
        return redirect("contact_import:preview", pk)


class ColumnsView(PersonalDataMixin, KeptImportStep):
    """Say what each column holds."""

    shows_personal_data = IMPORT_PREVIEW

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.columns_form(request.POST)
        if not form.is_valid():
            return self.preview(422, columns_form=form)
        actions.choose_columns(
            pending=self.pending,
            columns=form.cleaned_data["columns"],
            first_row=form.cleaned_data["first_row"],
            by=user_of(request),
        )
        return redirect("contact_import:preview", pk)


class ConfirmView(PersonalDataMixin, KeptImportStep):
    """Store what was previewed."""

    shows_personal_data = IMPORT

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return redirect("contact_import:preview", pk)
        faulty = self.faulty_file()
        try:
            plan = actions.apply_kept_import(pending=self.pending, by=user_of(request), **form.cleaned_data)
        except actions.ImportRefused:
            messages.error(request, CHANGED)
            return self.preview(409)
        self.access_kind, self.personal_data_rows = AccessKind.IMPORT, len(plan.outcomes)
        numbers = plan.as_json()
        messages.success(
            request,
            f"Sparat: {numbers['new']} nya, {numbers['changed']} ändrade och {numbers['unchanged']} oförändrade.",
        )
        if faulty:  # The last chance to have them: the file that was uploaded is deleted.
            left = len(form.cleaned_data["without"])
            return self.page("admin_contacts/import_saved.html", faulty=faulty, left=left)
        return redirect("contactperson:index")


class TemplateFileView(ImportStep):
    """An empty workbook with the headings."""

    def get(self, request: HttpRequest) -> FileResponse:
        book = Workbook()
        sheet = book.active
        assert sheet is not None  # noqa: S101  (a new workbook has a sheet)
        sheet.title = "Kontaktpersoner"
        for number, (_, title, _) in enumerate(COLUMNS, start=1):
            sheet.cell(row=1, column=number, value=title).font = Font(bold=True)
            # As text, so that the spreadsheet leaves 0114 and 2025-10-01 as they are written.
            dimension = sheet.column_dimensions[sheet.cell(row=1, column=number).column_letter]
            dimension.width, dimension.number_format = 22, "@"
        sheet.freeze_panes = "A2"
        file = io.BytesIO()
        book.save(file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename="kontaktpersoner.xlsx")


class ContactImportViewSet(ViewSet):
    name = "contact_import"
    icon = "upload"
    menu_label = "Läs in från fil"
    menu_order = 500

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        def is_shown(item: MenuItem, request: HttpRequest) -> bool:
            return permissions.user_can_change_register(request.user)

        return type("Item", (MenuItem,), {"is_shown": is_shown})

    @property
    def menu_url(self) -> str:
        return reverse("contact_import:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", UploadView.as_view(), name="index"),
            path("mall/", TemplateFileView.as_view(), name="template"),
            path("<int:pk>/", PreviewView.as_view(), name="preview"),
            path("<int:pk>/organisation/", OrganisationView.as_view(), name="organisation"),
            path("<int:pk>/raden-ovanfor/", FillDownView.as_view(), name="fill_down"),
            path("<int:pk>/kolumner/", ColumnsView.as_view(), name="columns"),
            path("<int:pk>/spara/", ConfirmView.as_view(), name="confirm"),
        ]
