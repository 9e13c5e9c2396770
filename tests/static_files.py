"""Where the collected static files of the tests lie: collecting takes half a minute, so they are kept.

`python -m tests.static_files` prints the folder; the Makefile collects into it when it is not there.
"""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE_OF = (
    "static",
    "templates",
    "lumen/settings",
    "lumen/stylesheet_bundle.py",
    "requirements.lock",
    "package-lock.json",
)


def folder() -> Path:
    """The folder, named after what the files are made of."""
    digest = hashlib.sha256()
    for path in sorted(path for name in MADE_OF for path in (ROOT / name, *(ROOT / name).rglob("*"))):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return ROOT / "var" / "test-static" / digest.hexdigest()[:16]


if __name__ == "__main__":
    print(folder())
