"""Words of a purged page leave the search."""

from typing import Any

import pytest
from django.test.client import Client

from privacy.purge.actions import purge
from resources.models import Keyword, SearchEntry, SearchWord

from .history import MARK, REASON, resource_with_history

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases, pytest.mark.usefixtures("empty_storage")]


class TestSearch:
    def test_words_of_a_purged_page_leave_the_search(self, client: Client, editor: Any) -> None:
        page = resource_with_history(editor)
        assert SearchWord.objects.filter(word__startswith=MARK.lower()).exists()
        search = f"/sok/?q={MARK}"
        before = client.get(search).content.decode()
        assert page.url in before
        purge(page, by=editor, reason=REASON)
        after = client.get(search).content.decode()
        assert page.url not in after
        assert not SearchWord.objects.filter(word__startswith=MARK.lower()).exists()
        assert not SearchEntry.objects.filter(page=page.pk).exists()
        assert not Keyword.objects.filter(name__startswith=MARK).exists()
