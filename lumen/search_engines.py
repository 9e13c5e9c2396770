"""The views robots.txt and sitemap.xml: what search engines should not read, and which pages there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from outbox.links import absolute

# Personal pages, and the tools of the editors.
NOT_FOR_CRAWLERS = ("/admin/", "/konto/", "/min-sida/", "/moten/anmalan/", "/moten/deltagare/", "/utskick/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody read the public pages, and show where the list of them is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), ""]
    lines.append(f"Sitemap: {absolute('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the published pages that anybody may read, with addresses from BASE_URL."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    pages = site.root_page.get_descendants(inclusive=True) if site else Page.objects.none()
    entries = [
        {"address": absolute(iri_to_uri(parts[2])), "changed": page.last_published_at}
        for page in pages.live().public().order_by("path")
        if (parts := page.get_url_parts(request))
    ]
    entries.append({"address": absolute("contacts:organisations"), "changed": None})
    return render(request, "sitemap.xml", {"entries": entries}, content_type="application/xml; charset=utf-8")
