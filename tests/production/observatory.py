"""The score of an answer by the rules of MDN's HTTP Observatory, as its documentation tells them.

It begins at 100. What is missing takes points away; what is better than needed gives extra points, which count only
from 90 on. A+ is 100 and more. The points for HSTS preload are left out: they ask for a place in the browsers' list.
"""

from email.message import Message
from http.cookies import SimpleCookie

SIX_MONTHS = 15_768_000  # seconds
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): set(values) for name, *values in parts}


def content_security_policy(policy: str) -> int:
    if not policy:
        return -25
    rules = directives(policy)
    default = rules.get("default-src", {"*"})
    scripts, styles = rules.get("script-src", default), rules.get("style-src", default)
    if "'unsafe-inline'" in scripts or scripts & {"*", "data:", "http:", "https:"}:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in styles:
        return 0
    return 10 if default == {"'none'"} else 5


def cookies(lines: list[str]) -> int:
    points = 0
    for line in lines:
        for cookie in SimpleCookie(line).values():
            if not cookie["secure"]:
                return -40 if "session" in cookie.key else -20
            if "session" in cookie.key and not cookie["httponly"]:
                return -30
            points = 5 if cookie["samesite"] in ("Lax", "Strict") else 0
    return points


def strict_transport_security(value: str) -> int:
    ages = [int(part.strip()[8:]) for part in value.split(";") if part.strip().startswith("max-age=")]
    return -20 if not ages else (0 if ages[0] >= SIX_MONTHS else -10)


def frames(policy: str, header: str) -> int:
    if "frame-ancestors" in directives(policy):
        return 5
    return 0 if header.upper() in ("DENY", "SAMEORIGIN") else -20


def referrer_policy(value: str) -> int:
    if not value:
        return 0
    return 5 if set(value.replace(" ", "").split(",")) <= PRIVATE_REFERRERS else -5


def resource_policy(value: str) -> int:
    return {"same-origin": 10, "same-site": 10}.get(value, 0)


def parts(headers: Message) -> dict[str, int]:
    """The points of each part."""
    policy = headers.get("Content-Security-Policy", "")
    return {
        "content security policy": content_security_policy(policy),
        "cookies": cookies(headers.get_all("Set-Cookie") or []),
        "cross-origin sharing": -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0,
        "strict transport security": strict_transport_security(headers.get("Strict-Transport-Security", "")),
        "type of content": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": frames(policy, headers.get("X-Frame-Options", "")),
        "referrer policy": referrer_policy(headers.get("Referrer-Policy", "")),
        "resource policy": resource_policy(headers.get("Cross-Origin-Resource-Policy", "")),
    }


def score(headers: Message) -> int:
    points = parts(headers).values()
    base = 100 + sum(point for point in points if point < 0)
    return base + sum(point for point in points if point > 0) if base >= 90 else base
