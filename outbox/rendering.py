"""Mail bodies from templates: plain text, and HTML that mail programs understand."""

import re
from collections.abc import Mapping
from typing import Any

import css_inline
from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.context import Context

# Mail programs drop <style>, so each rule goes to the elements it concerns. Nothing is fetched.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
EMPTY_LINES = re.compile(r"\n\s*\n")


def render_templates(*, subject: str, template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """The plain text and the HTML of a mail, from `emails/<template>.txt` and `emails/<template>.html`.

    The templates get `subject` and `base_url` beside the context.
    """
    values = {"base_url": settings.BASE_URL, "subject": subject, **context}
    # The tags of a template leave empty lines behind.
    text = EMPTY_LINES.sub("\n\n", render(f"emails/{template}.txt", values, autoescape=False)).strip()
    html = INLINER.inline(render(f"emails/{template}.html", values, autoescape=True))
    return text, html


def render(template_name: str, values: Mapping[str, Any], *, autoescape: bool) -> str:
    """Render a mail template; plain text is not to be HTML-escaped."""
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101  (narrows the type; settings say so)
    return engine.engine.get_template(template_name).render(Context(dict(values), autoescape=autoescape))
