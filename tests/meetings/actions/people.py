"""Somebody who registers."""

from typing import Any

from meetings.models import Details

DETAILS = Details(name="Kim Påhittad", role="chef", department="socialförvaltningen")
KIM: dict[str, Any] = {"email": "kim@ort.example", "details": DETAILS}
