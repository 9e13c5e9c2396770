"""Public views outside the page tree."""

import mimetypes

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

from .missed_searches import count_missed_search
from .models import Document, Rendition, ThemePage
from .permissions import user_can_work_with_document, user_can_work_with_image
from .site_search import answer, suggested

# The rules for caches: keep a file but ask each time, or do not keep it.
ASK_EACH_TIME = {"no_cache": True}
KEEP_NOTHING = {"private": True, "no_store": True}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/sok/?q=`: the search of the whole site."""
    found = answer(request.GET)
    if found.is_missed:
        count_missed_search(found.query)
    return render(request, "pages/search.html", {"answer": found, "themes": SimpleLazyObject(_themes_on_display)})


def _themes_on_display() -> QuerySet[ThemePage]:
    """Ways on where nothing is found; the template asks for them only there."""
    return ThemePage.objects.on_display().order_by("title").defer_streamfields()


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`/sok/forslag/?q=`: titles of pages for what somebody has typed so far."""
    return JsonResponse({"suggestions": suggested(request.GET)})


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """`/dokument/<id>/<name>`: a file to download, for visitors while it is public and for editors always.

    No browser shows it inside the site, and no cache keeps it when it is withdrawn or replaced.
    """
    wanted: Document = get_object_or_404(Document.objects.select_related("screening", "collection"), pk=document_id)
    is_public = wanted.is_public
    if not is_public and not user_can_work_with_document(request.user, wanted):
        raise Http404("Dokumentet är inte publicerat.")
    if is_public and document_filename != wanted.filename:
        return redirect(wanted.url)  # It was replaced by a file of another name; old links must still work.
    # The hash is the ETag. Wagtail's forms store it; a file added by code has none.
    if not wanted.file_hash and wanted.file.storage.exists(wanted.file.name):
        wanted.get_file_hash()
    response = serve(request, document_id, document_filename)
    # Wagtail writes "None" for a file that is not compressed, and the hash tells more than the time.
    for header in ("Content-Encoding", "Last-Modified"):
        del response[header]
    if response.has_header("Content-Disposition"):  # The file, not a page that asks for a password.
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, **(ASK_EACH_TIME if is_public else KEEP_NOTHING))
    return response


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/bilder/<name>`: a rendition of a picture, while a public page shows it.

    Browsers and caches ask each time, so that none shows a picture that has been withdrawn or replaced.
    """
    wanted = get_object_or_404(Rendition.objects.select_related("image__screening", "image__collection"), file=name)
    image = wanted.image
    is_public = image.is_public
    if not is_public and not user_can_work_with_image(request.user, image):
        raise Http404("Bilden är inte publicerad.")
    etag = quote_etag(f"{image.screening.digest if image.screening else image.pk}-{wanted.filter_spec}")
    response = get_conditional_response(request, etag=etag) or _picture(wanted, etag)
    patch_cache_control(response, **(ASK_EACH_TIME if is_public else KEEP_NOTHING))
    return response


def _picture(wanted: Rendition, etag: str) -> HttpResponseBase:
    try:
        file = wanted.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Bildens fil saknas.") from error
    headers = {"ETag": etag, "Content-Security-Policy": "default-src 'none'"}
    return FileResponse(file, content_type=mimetypes.guess_type(wanted.file.name)[0], headers=headers)
