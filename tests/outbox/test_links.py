"""Links for mails begin with the address of the settings."""

import pytest

from outbox.links import absolute


@pytest.mark.parametrize(
    ("to", "arguments", "link"),
    [
        ("/moten/", [], "https://lumen.example/moten/"),
        ("meetings:ics", ["mote"], "https://lumen.example/moten/mote/mote.ics"),
        ("wagtailadmin_home", [], "https://lumen.example/admin/"),
    ],
)
def test_a_path_and_a_view_get_the_address_of_the_settings(settings, to, arguments, link):
    settings.BASE_URL = "https://lumen.example"

    assert absolute(to, *arguments) == link
