"""Static files in production: hashed, compressed, and the public stylesheet as one file.

In development the browser fetches `css/lumen.css` and each file that it imports. Behind one request
they would wait for each other, so `collectstatic` writes the imports into the file itself.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/lumen.css"
IMPORT = re.compile(r'@import "(?P<target>[^"]+)"(?: layer\((?P<layer>[\w.]+)\))?;')
ADDRESS = re.compile(r"""url\((?P<quote>["'])(?!data:)(?P<target>[^"']+)(?P=quote)\)""")

# Where collectstatic found each file: name → (storage, path in it).
Found = dict[str, tuple[Any, str]]


def read(name: str, found: Found) -> str:
    if name not in found:
        raise ImproperlyConfigured(f"Stilmallen behöver {name}, som saknas. Hämta gränssnittets delar med npm ci.")
    storage, path = found[name]
    with storage.open(path) as file:
        return str(file.read().decode())


def with_imports_inside(name: str, found: Found) -> str:
    """The stylesheet `name` with each `@import` replaced by the imported stylesheet, in its layer."""
    folder = posixpath.dirname(name)

    def inside(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match["target"]))

        def seen_from_here(address: re.Match[str]) -> str:
            path = posixpath.join(posixpath.dirname(target), address["target"])
            return f'url("{posixpath.relpath(path, folder)}")'

        css = ADDRESS.sub(seen_from_here, read(target, found).removeprefix('@charset "UTF-8";'))
        return f"@layer {match['layer']} {{\n{css}\n}}" if match["layer"] else css

    return IMPORT.sub(inside, read(name, found))


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: Found, dry_run: bool = False, **options: Any) -> Iterator[tuple[str, str, bool]]:
        if not dry_run and STYLESHEET in paths:
            content = with_imports_inside(STYLESHEET, paths)
            # Beside the manifest, as collectstatic itself would have copied it.
            plain = StaticFilesStorage(location=self.location)
            plain.delete(STYLESHEET)
            plain.save(STYLESHEET, ContentFile(content.encode()))
            paths[STYLESHEET] = (plain, STYLESHEET)
        yield from super().post_process(paths, dry_run, **options)
