"""Imports contact persons from a file in the admin: upload, preview, confirm."""

import base64
import io
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.views.generic import View
from openpyxl import Workbook
from openpyxl.styles import Font
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from . import permissions
from .admin_forms import UploadForm
from .admin_views import below_contact_persons, user_of
from .enums import AccessKind
from .imports import actions
from .imports.headings import COLUMNS
from .imports.plan import ImportPlan, Outcome
from .imports.reading import read_file
from .imports.returned_rows import faulty_rows, right_rows
from .imports.rows import MAX_FILE_BYTES, ImportFileError
from .models import PendingImport
from .personal_data import IMPORT, IMPORT_PREVIEW, PersonalDataMixin

GONE = (
    "Filen är redan inläst, eller så har det gått mer än en timme. "
    "Är du osäker kan du ladda upp den igen: det som redan finns ändras inte."
)
CHANGED = "Registret har ändrats sedan du tittade, så ingenting är sparat. Se raderna med fel."


class ImportStep(WagtailAdminTemplateMixin, View):
    """A step of the import, for those who may change the register."""

    header_icon = "upload"
    page_title = "Läs in kontaktpersoner"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.user_can_change_register(request.user):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *below_contact_persons(self.page_title)]

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return render(self.request, template, {**self.get_context_data(), **context}, status=status)

    def preview(
        self,
        name: str,
        pending: PendingImport | None,
        plan: ImportPlan,
        notes: list[str],
        status: int = 200,
        faulty: str = "",
    ) -> HttpResponse:
        """What the file would change. `faulty` is the workbook of its faulty rows, in base64."""
        numbers = {outcome.value: plan.count(outcome) for outcome in Outcome}
        return self.page(
            "admin_contacts/import_preview.html",
            status,
            name=name,
            pending=pending,
            plan=plan,
            notes=notes,
            numbers=numbers,
            can_apply=pending is not None,
            faulty=faulty,
        )


class UploadView(PersonalDataMixin, ImportStep):
    """Upload a file and see what it would change. The comparison is logged as a reading of the register."""

    shows_personal_data = IMPORT_PREVIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        self.shows_personal_data = ""  # the form is empty
        return self.page("admin_contacts/import_upload.html", form=UploadForm(), columns=COLUMNS)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                # One byte more than allowed is enough for the reader to refuse the file.
                content = upload.read(MAX_FILE_BYTES + 1)
                file = read_file(upload.name, content)
            except ImportFileError as error:
                row = f"Rad {error.row}: " if error.row else ""
                form.add_error("file", f"{row}{error.reason}")
            else:
                user = user_of(request)
                self.personal_data_rows = len(file.rows)
                plan = actions.preview_import(rows=file.rows, by=user)
                # Of a file with faults only the right rows are stored: the others may hold a personnummer.
                name, faulty = upload.name, ""
                if plan.errors:
                    content, name = right_rows(file.rows, plan), f"{PurePath(name).stem}.csv"
                    faulty = base64.b64encode(faulty_rows(file.rows, plan)).decode()
                pending = None
                if plan.changes:
                    pending = actions.keep_import_until_confirmed(name=name, content=content, owner=user)
                return self.preview(upload.name, pending, plan, file.notes, faulty=faulty)
        return self.page("admin_contacts/import_upload.html", 422, form=form, columns=COLUMNS)


class ConfirmView(PersonalDataMixin, ImportStep):
    """Store what was previewed."""

    shows_personal_data = IMPORT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("contact_import:index")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = user_of(request)
        try:
            pending = PendingImport.objects.waiting_for(user).get(pk=pk)
            plan = actions.apply_kept_import(pending=pending, by=user)
        except PendingImport.DoesNotExist:
            messages.warning(request, GONE)
            return redirect("contact_import:index")
        except actions.ImportRefused as refused:
            messages.error(request, CHANGED)
            return self.preview(pending.name, None, refused.plan, [], status=409)
        self.access_kind, self.personal_data_rows = AccessKind.IMPORT, len(plan.outcomes)
        numbers = plan.as_json()
        messages.success(
            request,
            f"Sparat: {numbers['new']} nya, {numbers['changed']} ändrade och {numbers['unchanged']} oförändrade.",
        )
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
            path("<int:pk>/", ConfirmView.as_view(), name="confirm"),
        ]
