"""Mail bodies from templates: plain text, and HTML that mail programs understand."""

import re
from dataclasses import replace
from typing import Any

import css_inline
from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.context import Context

from .mails import Mail

# Mail programs drop <style>, so each rule goes to the elements it concerns. Nothing is fetched.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
EMPTY_LINES = re.compile(r"\n\s*\n")


def rendered(mail: Mail) -> Mail:
    """The mail with the text and HTML of its template; without a template as it is.

    The templates get `subject` and `base_url` beside the mail's own context.
    """
    if not mail.template:
        return mail
    values = {"base_url": settings.BASE_URL, "subject": mail.subject, **mail.context}
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101  (narrows the type; settings say so)
    text, html = (
        # Plain text is not to be HTML-escaped.
        engine.engine.get_template(f"emails/{mail.template}.{kind}").render(Context(values, autoescape=kind == "html"))
        for kind in ("txt", "html")
    )
    # The tags of a template leave empty lines behind.
    return replace(mail, text=EMPTY_LINES.sub("\n\n", text).strip(), html=INLINER.inline(html))


def plain_text(template: str, values: dict[str, Any]) -> str:
    """The text of a `.txt` template, in which nothing is escaped: where HTML shows it, it is escaped there.

    Django marks all that a template makes as safe HTML, which this is not: what is made of it here is no longer marked.
    """
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101  (narrows the type; settings say so)
    text = engine.engine.get_template(template).render(Context(values, autoescape=False))
    return EMPTY_LINES.sub("\n\n", text).strip()
