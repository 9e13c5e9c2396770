"""What the room adds to Wagtail; each part of the room registers its own."""

from .publishing import hooks as publishing_hooks  # noqa: F401
from .uploads import hooks as uploads_hooks  # noqa: F401
from .writing import hooks as writing_hooks  # noqa: F401
