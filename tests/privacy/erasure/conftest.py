from tests.privacy.purge.conftest import empty_storage  # noqa: F401
