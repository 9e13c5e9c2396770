"""The admin's pages of versions: upload one, look at it, publish or discard it, read and bring back an earlier one."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from gate.files.presentation import STATUS, advice_on, reasons, screening_url, state_of

from ..file_labels import file_size
from ..models import Document, DocumentVersion
from ..permissions import user_can_change_document, user_can_publish_version, user_can_work_with_document
from . import actions
from .forms import PublishVersionForm, VersionForm
from .history import draft_of, draft_url


class _DocumentView(WagtailAdminTemplateMixin, View):
    """A page about a document for those who may change it."""

    header_icon = "doc-full-inverse"
    document: Document

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.document = get_object_or_404(Document.objects.select_related("screening"), pk=kwargs["pk"])
        if not user_can_change_document(request.user, self.document):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    @cached_property
    def edit_url(self) -> str:
        return f"{reverse('wagtaildocs:edit', args=[self.document.pk])}#versioner"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtaildocs:index"), "label": "Dokument"},
            {"url": self.edit_url, "label": self.document.title},
            {"url": "", "label": self.page_title},
        ]

    def refuse(self, error: ValidationError) -> HttpResponse:
        """Say why it could not be done, where the versions are."""
        for sentence in error.messages:
            messages.error(self.request, sentence)
        return redirect(self.edit_url)


class UploadVersionView(_DocumentView):
    """Take a new version of the document's file, which becomes its draft."""

    template_name = "admin_resources/version_upload.html"
    page_title = "Ny version"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if draft_of(self.document) is not None:
            return redirect(draft_url(self.document))
        return self.show(VersionForm(document=self.document, user=request.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = VersionForm(request.POST, request.FILES, document=self.document, user=request.user)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            version = form.save()
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.show(form, status=422)
        messages.success(request, f"Version {version.number} är sparad som utkast. Ingen besökare får den än.")
        return redirect(draft_url(self.document))

    def show(self, form: VersionForm, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, document=self.document, edit_url=self.edit_url)
        return self.render_to_response(context, status=status)


class DraftVersionView(_DocumentView):
    """Show the version that waits, and publish it."""

    template_name = "admin_resources/version_draft.html"
    page_title = "Version som väntar"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(PublishVersionForm(document=self.document))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PublishVersionForm(request.POST, document=self.document)
        if not form.is_valid():
            return self.show(form)
        try:
            earlier = actions.publish_version(
                document=self.document, by=request.user, tell_on=form.cleaned_data.get("tell_on", ())
            )
        except ValidationError as error:
            return self.refuse(error)
        self.thank(earlier)
        return redirect(self.edit_url)

    def thank(self, earlier: DocumentVersion) -> None:
        messages.success(
            self.request,
            f"Version {earlier.number + 1} gäller nu. Version {earlier.number} finns kvar för redaktionen.",
        )
        if earlier.screening is not None and earlier.screening.blocks:
            messages.warning(
                self.request,
                f"Version {earlier.number} innehåller uppgifter som inte får publiceras, och finns kvar här. "
                "Den som är med i gruppen Får rensa bort kan ta bort den i listan över versioner.",
            )

    def show(self, form: PublishVersionForm) -> HttpResponse:
        draft = draft_of(self.document)
        if draft is None:
            return self.refuse(ValidationError(actions.NO_DRAFT))
        screening = draft.screening
        state = state_of(screening)
        context = self.get_context_data(
            document=self.document,
            draft=draft,
            form=form,
            state=state,
            status=STATUS[state.look],
            advice=advice_on(screening) if screening else "",
            reasons=[] if screening is None or draft.is_approved else reasons(screening),
            screening_url=screening_url(screening) if screening else "",
            size=file_size(screening.size if screening else None),
            is_yours=user_can_publish_version(self.request.user, self.document),
            not_yours=actions.NOT_YOURS,
            edit_url=self.edit_url,
        )
        response = self.render_to_response(context)
        if screening is None or not screening.is_done:
            response["Refresh"] = "3"  # seconds
        return response


class DiscardVersionView(_DocumentView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.discard_version(document=self.document, by=request.user)
        messages.success(request, "Utkastet är borta. Besökare märker ingenting.")
        return redirect(self.edit_url)


class BringBackVersionView(_DocumentView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = get_object_or_404(self.document.versions.earlier(), number=kwargs["number"])
        try:
            actions.bring_back(version=version, by=request.user)
        except ValidationError as error:
            return self.refuse(error)
        messages.success(request, f"Version {version.number} är ett utkast igen. Publicera det om den ska gälla.")
        return redirect(draft_url(self.document))


class VersionFileView(View):
    """`/admin/dokument/<id>/version/<number>/`: the file of a draft or an earlier version, to download."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
        version = get_object_or_404(DocumentVersion.objects.select_related("document"), document=pk, number=number)
        if not user_can_work_with_document(request.user, version.document):
            raise PermissionDenied
        try:
            file = version.file.storage.open(str(version.file))
        except FileNotFoundError as error:
            raise Http404("Filen finns inte kvar i lagringen.") from error
        headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store, private"}
        return FileResponse(file, as_attachment=True, filename=version.filename, headers=headers)
