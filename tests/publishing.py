"""Publishing as an editor does it: by a button, and then at the desk."""

from typing import Any

from django.test import Client

DESK = "/admin/granskning/publicera/"


def answer_desk(client: Client, address: str, **answers: Any) -> Any:
    """Open the desk at the address, tick the statement and publish; returns what the POST answers."""
    return client.post(address, filled_desk(client, address, **answers))


def filled_desk(client: Client, address: str, **answers: Any) -> dict[str, Any]:
    """Open the desk at the address and tick the statement; returns what the browser would send.

    `answers` are added to the form, or replace what it is filled with; None leaves an answer out. A `reason`
    is given for every page that asks for one.
    """
    shown = client.get(address)
    assert shown.status_code == 200, shown
    form = shown.context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    filled |= dict.fromkeys(("statement", *form.unread), "on")
    answers |= {name: answers["reason"] for name in form.asked_why if "reason" in answers}
    return {name: value for name, value in {**filled, **answers}.items() if value is not None}


def publish_by_button(client: Client, url: str, data: dict[str, Any], **answers: Any) -> Any:
    """Send the editor's form with its button Publicera, then answer at the desk.

    Returns the answer of the editor if it did not lead to the desk, else that of the desk.
    """
    response = client.post(url, data)
    if response.status_code != 302 or not response.url.startswith(DESK):
        return response
    return answer_desk(client, response.url, **answers)
