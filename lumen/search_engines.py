"""The views robots.txt and sitemap.xml: what search engines should not read, and which pages there are."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from outbox.links import absolute

# Personal pages, and the tools of the editors.
NOT_FOR_CRAWLERS = ("/admin/", "/konto/", "/min-sida/", "/moten/anmalan/", "/moten/deltagare/", "/utkast/", "/utskick/")
PAGES_IN_PART = 1_000  # of the site map


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody read the public pages, and show where the list of them is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), ""]
    lines.append(f"Sitemap: {absolute('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the published pages that anybody may read, with addresses from BASE_URL.

    Many are divided: the address alone then lists the parts, and `?del=2` is the second (sitemaps.org, "Sitemap
    index").
    """
    parts = Paginator(_pages(), PAGES_IN_PART)
    asked = request.GET.get("del")
    if asked is None and parts.num_pages > 1:
        addresses = [f"{absolute('sitemap')}?del={number}" for number in parts.page_range]
        return _xml(request, "sitemap_index.xml", {"addresses": addresses})
    part = parts.get_page(asked)
    entries = [
        {"address": absolute(iri_to_uri(address[2])), "changed": page.last_published_at}
        for page in part
        if (address := page.get_url_parts(request))
    ]
    if not part.has_next():
        entries.append({"address": absolute("contacts:organisations"), "changed": None})
    return _xml(request, "sitemap.xml", {"entries": entries})


def _pages() -> PageQuerySet:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    pages = site.root_page.get_descendants(inclusive=True) if site else Page.objects.none()
    return pages.live().public().order_by("path")


def _xml(request: HttpRequest, template: str, variables: dict[str, Any]) -> HttpResponse:
    return render(request, template, variables, content_type="application/xml; charset=utf-8")
