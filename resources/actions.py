"""Actions on the structure of the site: the fixed pages and categories."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Site

from .enums import CATEGORIES
from .fixed_pages import FRAMEWORK, FRAMEWORK_PARTS, HOME, LIBRARY, STANDARD_PAGES, THEMES, FixedPage
from .models import Category, HomePage


@transaction.atomic
def ensure_structure() -> HomePage:
    """Create the fixed pages and categories that are missing, and make the start page the root of the site.

    May be run at any time: a page that is there already is left as editors have made it. The
    fixed pages are known by type (those there is one of) or by type and slug.
    """
    home = HomePage.objects.first()
    if home is None:
        home = _create_page(fixed=HOME, parent=Page.get_first_root_node())
    _point_site_at(home=home)
    framework = _ensure_page(fixed=FRAMEWORK, parent=home)
    for part in FRAMEWORK_PARTS:
        _ensure_page(fixed=part, parent=framework)
    for fixed in (THEMES, LIBRARY, *STANDARD_PAGES):
        _ensure_page(fixed=fixed, parent=home)
    _ensure_categories()
    return home


def _ensure_page(*, fixed: FixedPage, parent: Page) -> Page:
    pages = fixed.model.objects.all()
    there = pages.first() if fixed.model.max_count == 1 else pages.child_of(parent).filter(slug=fixed.slug).first()
    return there or _create_page(fixed=fixed, parent=parent)


def _create_page(*, fixed: FixedPage, parent: Page) -> Page:
    now = timezone.now()
    page = fixed.model(show_in_menus=fixed.in_menus, first_published_at=now, last_published_at=now, **fixed.fields)
    return parent.add_child(instance=page)


def _point_site_at(*, home: HomePage) -> None:
    """Make the start page the root of the only site, and remove the welcome page that Wagtail comes with."""
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
    for welcome in Page.objects.filter(depth=2, content_type__model="page", numchild=0):
        welcome.delete()


def _ensure_categories() -> None:
    for position, (kind, code, name) in enumerate(CATEGORIES):
        Category.objects.get_or_create(
            code=code, defaults={"kind": kind, "name": name, "slug": slugify(name), "position": position}
        )
