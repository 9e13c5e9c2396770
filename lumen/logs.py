"""How log lines look: one JSON object a line, without addresses that carry a token."""

import re

import structlog
from structlog.typing import EventDict, WrappedLogger

# A personal link gives access to whoever holds it, so it must not lie in a log file.
TOKEN_PATHS = re.compile(r"(/moten/(?:anmalan|deltagare|tacka-nej)/|/utskick/)[A-Za-z0-9_.-]{16,}")


def hide_tokens(text: str) -> str:
    """Return `text` with the tokens masked of links to invitations, to participants and to stop mail-outs."""
    return TOKEN_PATHS.sub(r"\1…", text)


def render(logger: WrappedLogger, name: str, event: EventDict) -> str:
    """Render one log event as a line of JSON, tokens masked."""
    event = structlog.processors.TimeStamper(fmt="iso")(logger, name, event)
    event = structlog.processors.format_exc_info(logger, name, event)
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
