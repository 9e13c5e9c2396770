"""Share a page's draft by a secret link, withdraw the link, and take comments through it."""

import hashlib
import secrets
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import DraftComment, DraftLink
from ..permissions import user_can_share

TOKEN_BYTES = 24  # 192 bits


def hash_of(token: str) -> str:
    # No key is needed: a token of so many bits can't be guessed from its hash.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def find_link(token: str) -> DraftLink | None:
    """The link with the token, also one that has ended."""
    return DraftLink.objects.select_related("page").filter(token_hash=hash_of(token)).first()


@transaction.atomic
def share_draft(*, page: Page, for_whom: str, last_day: date, by: Any) -> tuple[DraftLink, str]:
    """Make a link to the draft. Returns it with its token, which is stored nowhere."""
    if not user_can_share(by, page):
        raise PermissionDenied
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = DraftLink(page=page, for_whom=for_whom, last_day=last_day, token_hash=hash_of(token), created_by=by)
    link.full_clean()
    link.save()
    log(instance=page.specific, action="resources.share_draft", user=by, data={"last_day": last_day.isoformat()})
    return link, token


@transaction.atomic
def withdraw_link(*, link: DraftLink, by: Any) -> None:
    """Close the link at once. Nothing happens to one that is closed."""
    if not user_can_share(by, link.page):
        raise PermissionDenied
    if DraftLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        log(instance=link.page.specific, action="resources.withdraw_draft_link", user=by)


@transaction.atomic
def comment_on_draft(*, link: DraftLink, name: str, text: str) -> DraftComment:
    """Take a comment from somebody who looks at the draft."""
    comment = DraftComment(link=link, name=name, text=text)
    comment.full_clean()
    comment.save()
    log(instance=link.page.specific, action="resources.comment_on_draft")
    return comment


@transaction.atomic
def handle_comment(*, comment: DraftComment, by: Any) -> None:
    """Note that an editor has taken care of the comment."""
    if not user_can_share(by, comment.link.page):
        raise PermissionDenied
    if DraftComment.objects.filter(pk=comment.pk, handled_at=None).update(handled_at=timezone.now()):
        log(instance=comment.link.page.specific, action="resources.handle_draft_comment", user=by)


@transaction.atomic
def remove_comment(*, comment: DraftComment, by: Any) -> None:
    """Remove the comment for good."""
    if not user_can_share(by, comment.link.page):
        raise PermissionDenied
    comment.delete()
    log(instance=comment.link.page.specific, action="resources.remove_draft_comment", user=by)
