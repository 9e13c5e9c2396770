"""Public views that are no pages of the tree."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .models import ThemePage
from .site_search import answer


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/sok/?q=`: the search of the whole site."""
    themes = ThemePage.objects.on_display().order_by("title").defer_streamfields()
    return render(request, "pages/search.html", {"answer": answer(request.GET), "themes": themes})
