"""Who asks, in the tests of the log of access."""

from tests.contacts.conftest import administrator, as_administrator, as_editor, editor  # noqa: F401
