"""The ways in which text reaches LUMEN, listed from the code, for `tests/test_write_paths.py`."""
