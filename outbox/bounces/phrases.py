"""The words by which mail servers and mail programs are known, in the languages that they write to us in.

Each line is a regular expression; capitals do not matter. Whoever meets a server that is not understood adds a line.
"""

import re


def any_of(lines: str) -> re.Pattern[str]:
    """A pattern that finds what one of the lines describes."""
    return re.compile("|".join(line.strip() for line in lines.strip().splitlines()), re.IGNORECASE)


# The name before the @ of an address from which servers write.
MAIL_SYSTEM = re.compile(
    r"(?:mailer-?daemon|postmaster|mail-?daemon|mailer|mdaemon|mail\.?delivery|mail-?system|daemon|bounces?|system"
    r"|microsoftexchange[0-9a-f]+|(?:system)?administrat\w+|mail-?admin\w*|ndr|dsn|no-?reply|maiser|smtp-?daemon"
    r"|exchange)(?:[+-].*)?@",
    re.IGNORECASE,
)
# A person answers or sends on.
ANSWER = re.compile(r"\s*(?:re|sv|vs|aw|fw|fwd|vb)\s*:", re.IGNORECASE)

FAILED_SUBJECT = any_of(r"""
    undeliver|nondeliverable|non-?delivery|returned (?:mail|e-?mail|to sender)|returning message|bounce|rejected
    delivery (?:status notification:? ?\(?)?(?:failure|failed|error)
    delivery (?:has failed|problem|report|unsuccessful)
    failure notice|fail(?:ed|ure) (?:notice|delivery|to deliver)|(?:mail|message) (?:delivery )?(?:failed|failure|error)
    mail delivery (?:problem|system|subsystem)|mail system error|delivery notification
    could not (?:be )?(?:deliver|send|sent)|not (?:be )?delivered|unable to deliver
    olevererba|ej levere|inte (?:levere|skicka|komma fram)|misslyckad|leveransfel|leverans\w* misslyck|obestäl
    unzustellbar|fehlgeschlagen|non remis|échec|no se puede entregar|no entregado
    ikke lever|kan ikke|uleverlig|toimittaminen|epäonnistui|onbestelbaar
""")
FAILED_TEXT = any_of(r"""
    (?:could|can|was|were|has|have|did|is|be)(?: not|n[o']t) (?:be |been )?(?:deliver|reach|sent)
    (?:unable|attempting|wasn'?t able) to (?:be )?deliver|couldn'?t be delivered|cannot be delivered|not delivered
    delivery (?:to|of|has|attempt)\b.{0,80}\bfail|delivery (?:failed|failure|error)|problem delivering|non-?delivery
    fail(?:ed|ure)s? (?:to deliver|permanently|recipient|address|for)
    permanent (?:fatal )?(?:error|failure)|fatal errors
    undeliver|returned (?:to (?:the )?sender|below|message)|did not reach|not reach the following
    (?:address|recipient)\(?e?s?\)? (?:failed|had)|address not found|no such user|giving up|sorry (?:it|about that)
    rejected (?:by|your|the|for)|has been (?:rejected|returned)|message (?:was )?rejected
    gick inte att leverera|kunde inte (?:levereras|skickas|nå)|kan inte levereras|inte levererats|har inte kunnat
    misslyckades|nådde inte|olevererba
    konnte nicht|nicht zugestellt|n'a pas (?:pu|été)|n'ont pas|no se (?:pudo|ha podido)
    kunne ikke|ikke leveres|ei voitu|epäonnistui|kon niet
""")

# The server says that it goes on trying …
STILL_TRIED = any_of(r"""
    \(delay\)|warning: could not send|warning message only|will be retried|will be re-?attempted|no action is required
    will continue to (?:be )?(?:try|tried|retr|attempt)|will (?:keep trying|retry|try again)
    still (?:being )?(?:trying|tried|queued)|do(?:n't| not) need to resend|attempts will continue
    not (?:yet )?been delivered yet|not yet been delivered
    fortsätter (?:att )?försöka|nya försök (?:görs|kommer)|försöker igen|inte (?:har )?levererats än|ännu inte levererat
    wird weiter(?:hin)? versucht|en retard
""")
# … or only that the mail is late, which is also said of a mail that was given up,
DELAYED = any_of(r"""
    \bdelay(?:ed)?\b|has been deferred|temporar\w+ (?:problem|failure)
    försena|fördröj|verzöger|retardé|forsinke|myöhäs|vertraagd
""")
# in words like these.
GAVE_UP = any_of(r"""
    giv(?:ing|en) up|gave up|permanent|retry time(?:out)? exceeded|expired|no further|too long|last attempt
    not (?:going to )?(?:be )?(?:try|tried|retried)|will not be|delivery has failed|could not be delivered
    has not been able|ger upp|gett upp|slutgilt|inga fler försök|gått ut
""")

COMPLAINT_SUBJECT = any_of(r"""
    ^complaint about message from|^\s*(?:abuse|spam) (?:report|complaint)|email feedback report
""")

AUTO_REPLY_SUBJECT = any_of(r"""
    auto(?:matic|matisk|mated)?[ -]?(?:reply|response|svar|answer)|automatiskt (?:svar|meddelande)
    out of (?:the )?office|\booo\b|vacation|on leave|away from
    frånvar|inte på (?:kontoret|plats)|semester|tack för (?:ditt|er|dit) (?:mejl|mail|e-post|meddelande)
    abwesen|automatische antwort|absence|réponse automatique|poissa|fravær
""")
AUTO_REPLY_TEXT = any_of(r"""
    out of (?:the )?office|\bi am (?:currently )?(?:away|on (?:leave|vacation|holiday))
    on (?:annual|parental|sick) leave
    automatic reply|(?:limited|no) access to (?:my )?e-?mail|i will (?:be back|return|reply)
    no longer (?:works? (?:at|for)|with)|has left the
    (?:jag|vi) (?:är|har) .{0,40}(?:semester|ledig|frånvarande|bortrest|tjänsteresa|föräldra|sjuk|slutat)
    åter (?:på kontoret|den|i tjänst)|är tillbaka|automatiskt (?:svar|genererat)|autosvar
    tack för ditt (?:mejl|mail|meddelande)|läser (?:min|inte) (?:mejl|mail|e-post)
    (?:confirm|verify) (?:that )?(?:you|your)|awaiting your confirmation|bekräfta (?:att|din)
""")
