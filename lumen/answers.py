"""How answers travel: compressed, and not sent again while they are the same."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers

from .search_engines import NOT_FOR_CRAWLERS

TEXTS = ("text/", "application/json", "application/xml", "application/rss+xml", "application/atom+xml", "image/svg")


def _is_text(response: HttpResponseBase) -> bool:
    return not response.streaming and response.get("Content-Type", "").startswith(TEXTS)


class TextGzipMiddleware(GZipMiddleware):
    """Compresses pages and feeds, but not files, which are compressed or read in parts.

    Django fills compressed answers with random bytes, so that their length tells nothing of secrets in them (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not _is_text(response):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


class UnchangedPageMiddleware(ConditionalGetMiddleware):
    """Gives pages an ETag, and answers 304 to who has the same already (RFC 9110, 13.1.2)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or response.status_code != 200:
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


class VisitorCacheMiddleware:
    """Lets caches keep the public pages of visitors without a session, and makes them ask each time if it is the same.

    So a page is sent once, and what is published, withdrawn or purged is seen at once. Caches keep an answer for each
    value of Cookie. A page with a form or a message of its own is nobody else's: it sets a cookie, or says itself how
    long it may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if self._is_for_everybody(request, response):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    def _is_for_everybody(self, request: HttpRequest, response: HttpResponse) -> bool:
        return (
            not request.path.startswith(NOT_FOR_CRAWLERS)
            and request.method in ("GET", "HEAD")
            and response.status_code == 200
            and _is_text(response)
            and not response.cookies
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not response.has_header("Cache-Control")
        )
