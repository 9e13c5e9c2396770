"""What the room adds to Wagtail; each part of the room registers its own."""

from .purging import hooks as purging_hooks  # noqa: F401
