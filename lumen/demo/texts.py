"""Turns the demo's texts into what the page types hold."""

from typing import Any

from wagtail.models import Page

from .files import alt_text, find_picture


def _link(link: dict[str, str]) -> dict[str, Any]:
    """A link of the demo: a path of ours becomes the page it leads to, if there is one yet."""
    url = link["url"]
    if not url.startswith("/"):
        return {"text": link["text"], "page": None, "url": url}
    slugs = [part for part in url.split("/") if part]
    page = Page.objects.filter(slug=slugs[-1]).first() if slugs else None
    return {"text": link["text"], "page": page.pk if page else None, "url": "" if page else None}


def _table(block: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": block["rows"],
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": block.get("caption", ""),
    }


def _picture(block: dict[str, Any]) -> dict[str, Any] | None:
    picture = find_picture(block["picture"])
    shape = {"shape": "wide", "caption": block.get("caption", "")}
    return {"image": picture.pk, "alt_text": alt_text(block["picture"]), **shape} if picture else None


def _value(block: dict[str, Any]) -> Any:
    match block["type"]:
        case "text":
            return block["html"]
        case "accordion":
            items = [{"title": item["title"], "text": item["html"]} for item in block["items"]]
            return {"title": block.get("title", ""), "items": items}
        case "quote":
            return {"text": block["text"], "source": block.get("source", "")}
        case "fact_box":
            return {"title": block["title"], "text": block["html"]}
        case "table":
            return _table(block)
        case "link_list":
            links = [link for link in map(_link, block["links"]) if link["page"] or link["url"]]
            return {"title": block.get("title", ""), "links": links}
        case "video_link":
            return {"title": block["title"], "url": block["url"], "description": block.get("description", "")}
        case "picture":
            return _picture(block)
    raise ValueError(f"Okänt block i demoinnehållet: {block['type']}")


def stream(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of a text, in the raw form that a StreamField reads."""
    rows = [{"type": block["type"], "value": _value(block)} for block in blocks]
    return [row for row in rows if row["value"] and (row["type"] != "link_list" or row["value"]["links"])]


def paragraphs(lines: list[str]) -> str:
    """A list of short texts as rich text."""
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
