"""Packages as office programs write them, part by part."""

import zipfile
from io import BytesIO

Parts = dict[str, str | bytes]

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def zipped(parts: Parts | list[tuple[str, str | bytes]]) -> bytes:
    """A zip of the parts; as a list, a name may be there twice."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            package.writestr(name, content)
    return file.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """The relations of a part, (type, target) each, called rId1 and on."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def core_properties(**values: str) -> str:
    rows = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in values.items())
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{rows}</cp:coreProperties>'
    )


def own_property(name: str, value: str) -> str:
    """docProps/custom.xml with one property."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
    )


def of_the_program(company: str) -> str:
    """docProps/app.xml with a company."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<TotalTime>12</TotalTime><Company>{company}</Company></Properties>"
    )
