"""Renders log lines: one JSON object a line, without tokens in addresses and without personal numbers."""

import re

import structlog
from structlog.typing import EventDict, WrappedLogger

from screening.findings import Verdict
from screening.text import screen_text
from screening.text.masking import masked

# A personal link gives access to whoever holds it, so it must not lie in a log file.
TOKEN_PATHS = re.compile(r"(/moten/(?:anmalan|deltagare|tacka-nej)/|/utskick/|/utkast/)[A-Za-z0-9_.-]{16,}")


def hide_tokens(text: str) -> str:
    """Mask the tokens in links to invitations, to participants, to drafts and to stop mail-outs."""
    return TOKEN_PATHS.sub(r"\1…", text)


def hide_numbers(value: object) -> object:
    """Mask the digits of a text in which the screening finds what blocks; return anything else as it is.

    No code of ours logs what people type, but Django logs the address of a page that does not exist.
    """
    if isinstance(value, str) and screen_text(value).verdict == Verdict.BLOCK:
        return masked(value)
    return value


def render(logger: WrappedLogger, name: str, event: EventDict) -> str:
    """Render one log event as a line of JSON, with tokens and personal numbers masked."""
    event = structlog.processors.format_exc_info(logger, name, event)
    event = {key: hide_numbers(value) for key, value in event.items()}
    event = structlog.processors.TimeStamper(fmt="iso")(logger, name, event)
    line = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)(logger, name, event)
    return hide_tokens(line if isinstance(line, str) else line.decode())


def configure() -> None:
    """Let structlog write through Django's LOGGING, which renders with the function above."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
