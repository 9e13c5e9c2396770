"""Says what a refusal means, from the codes and the words of the server that refused.

The enhanced code (RFC 3463) decides where it is clear. Where it is not, or is missing, the words do, and last the
code of SMTP. Whoever wants to change a class changes a row here.
"""

import re
from collections.abc import Sequence

from ..enums import BounceClass
from .phrases import any_of

DEAD, MAILBOX, REFUSED = BounceClass.DEAD, BounceClass.MAILBOX, BounceClass.REFUSED

# Not in a version number or a machine's number.
ENHANCED = re.compile(r"(?<![\d.])([45])\.([0-7])\.(\d{1,3})(?!\.?\d)")
SMTP = re.compile(r"(?<![\d.:/-])([45][0-7]\d)(?=[\s:;,-]|$)(?!\.\d)")
# Names of servers, addresses and links hold words that say nothing: `antispam.nacka.example`.
NAMES = re.compile(r"\S{0,250}(?:@|://)\S{0,250}|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.[a-z]{2,}\b")
# Characters of what a server says that are looked at.
MAX_SAID = 5000

# The subject and detail of an enhanced code → its class, or None where the words must tell. The first that fits counts.
CODES: list[tuple[str, BounceClass | None]] = [
    (r"\d\.0|0\.\d+", None),
    (r"1\.(?:7|8|90)", REFUSED),  # the sender's address
    (r"1\.\d+", DEAD),
    (r"2\.1", DEAD),
    (r"[23]\.\d+", MAILBOX),
    (r"4\.1", None),  # no answer from the host; Microsoft says it of an unknown receiver too
    (r"4\.(?:4|310)", DEAD),  # no route, no such domain
    (r"4\.5", None),  # congestion; Google says it when the sender has sent too much
    (r"4\.\d+", MAILBOX),
    (r"5\.\d+", None),
    (r"7\.1", None),  # said of everything
    (r"7\.(?:17|18)", DEAD),  # the mailbox or domain has a new owner (RFC 7293)
    (r"[67]\.\d+", REFUSED),
]

# What an unclear enhanced code means when the words say nothing either.
UNCLEAR: list[tuple[str, BounceClass]] = [
    (r"1\.0|4\.1", DEAD),
    (r"[234]\.\d+", MAILBOX),
    (r"[5-7]\.\d+", REFUSED),
]

# Words → class. The first row that fits counts: what is said of the sender stands before what is said of the receiver.
WORDS: list[tuple[BounceClass, re.Pattern[str]]] = [
    (
        REFUSED,
        any_of(r"""
            \bspf\b|\bdkim\b|\bdmarc\b|\bspam|\bjunk|unsolicited|bulk mail|black ?list|block ?list
            \bd?n?s?[br]bl\b|\bblocked\b|spamhaus|reputation|virus|malware|phish|suspicious
            content (?:was )?(?:rejected|filter|not)|message content|\bpolicy|policies|rate.?limit
            too many (?:messages|connections|recipients|mails)|throttl|sending (?:limit|quota)
            sender (?:address )?(?:was )?(?:rejected|denied|refused|verif|unknown|not|domain)
            sender'?s? (?:domain|ip)|sending (?:domain|ip)|unauthenticated|authenticat|not authori[sz]ed
            restricted|(?:only|not) accept\w* (?:mails?|messages|e-?mails?)? ?(?:only )?from|permission
            grey ?list|gr[ea]ylist|reverse (?:dns|lookup)|\bptr\b|banned|attachment type|header (?:check|error)
            not rfc|(?:is|are|been) listed|listed (?:by|at) |skräppost|blockera|spärrlist|behörighet|begräns
            avsändare[nt]? (?:är|har|nekad|avvisad|får)|nicht berechtigt|unerwünscht|indésirable|non autoris
            no deseado|roskaposti|søppelpost
        """),
    ),
    (
        MAILBOX,
        any_of(r"""
            \bfull\b|\bquota|over (?:its |the )?(?:size )?limit|exceed\w*.{0,30}(?:storage|size|limit|space)
            insufficient (?:system|disk|storage)|too (?:large|big)|size limit|maximum (?:message )?size|inactiv
            suspend|temporarily (?:disabled|unavailable|closed)|dormant|receiving mail (?:at a rate|too)
            \bfullt?\b|\bkvot|för stor|överskrid|inaktiv(?!era)|tillfälligt|überschritten|\bvoll\b|\bpleine?\b
            dépass|\bllen[ao]\b|täynnä|\bfuld\b
        """),
    ),
    (
        DEAD,
        any_of(r"""
            (?:user|recipient|address|account|mailbox|addressee)s? (?:is |was )?(?:unknown|not known)
            unknown (?:user|recipient|address|addressee|account|mailbox|local|domain|host|or illegal|or invalid)
            no such (?:user|recipient|mailbox|address|account|person|domain|host|local|name)
            (?:do(?:es)? not|doesn'?t|don'?t) exist|not exist|non-?existent|recip\w*not ?found|nosuchuser
            (?:user|recipient|address|account|mailbox|domain|host)\w*(?: name)? (?:was |could |is )?not (?:be )?found
            (?:user|recipient|address|account|mailbox) (?:is |was )?not (?:listed|valid|recogni[sz]ed|a valid)
            wasn'?t found|couldn'?t be found|invalid (?:recipient|user|mailbox|address|e-?mail)
            not a (?:valid|known) (?:user|mailbox|recipient|address)|no mailbox|does(?:n'?t| not) have an?\b
            not our (?:user|customer)|no account|no longer (?:employ|with us|work)|not listed in
            isn'?t (?:in|listed)|unrout(?:e)?able|host or domain name not|nxdomain|null ?mx|no mx\b|bad address
            name server:.{0,30}not found|name does not resolve|no valid (?:recipient|hosts)|has (?:moved|left)
            finns inte|hitta\w* inte|inte hitta|kunde inte hittas|okän[dt]|ogiltig\w* (?:adress|mottag|e-post)
            har slutat|existiert nicht|unbekannt|nicht gefunden|n'existe pas|introuvable|inconnu|no existe
            desconocid|no se encontr|find(?:es|tes) ikke|finnes ikke|ikke fundet|ikke funnet|ei löydy
            ei löytynyt|tuntematon|bestaat niet|onbekend
        """),
    ),
]
# These say less, and count only where the code does not speak of policy.
WEAKER_WORDS: list[tuple[BounceClass, re.Pattern[str]]] = [
    (
        DEAD,
        any_of(r"""
            (?:mailbox|account|user|address)\w* (?:is |has been |was )?(?:currently )?(?:un|not )available
            (?:mailbox|account|user|address)\w* (?:is |has been |was )?(?:disabled|deleted|closed|terminated)
            disabled (?:mailbox|account|user)
            (?:recipient|address|user|mailbox)\w* (?:address )?(?:was )?(?:rejected|refused|denied)|no longer
            mailbox name not allowed|not local|user not|recipient not|inaktivera|stängts|upphört|avslutat
            domain (?:not|isn't|is not)|access denied
        """),
    ),
    (
        MAILBOX,
        any_of(r"""
            time[d ]?-?out|expired|giv(?:e|ing) up|gave up|too long|retr(?:y|ies)
            connection (?:refused|reset|lost|closed)|connect(?:ing)? to|unreachable|no answer|no route
            not respond|try(?:ing)? again|\bbusy\b|\bloop|too many hops|hop count|network error|deferred
            not accepting|kunde inte ansluta|svarade inte|tidsgräns|för lång tid|utgången
        """),
    ),
    (
        REFUSED,
        any_of(r"""
            rejected|refused|denied|not allowed|prohibited|not permitted|unacceptable|declined|relay|avvisa
            nekad|neka[st]|stoppa|tillåt|abgelehnt|refusé|rechazad
        """),
    ),
]

# The code of SMTP → class, when nothing else is said.
SMTP_CODES: list[tuple[str, BounceClass]] = [
    (r"521|55[136]", DEAD),
    (r"[45]52|4\d\d", MAILBOX),
    (r"5\d\d", REFUSED),
]


def classify(said: str, *, status: str = "") -> BounceClass | None:
    """The class of a refusal: `said` is what the server said, `status` the enhanced code that stands beside it.

    None when there is nothing to go by.
    """
    return by_meaning(said, status=status) or by_smtp_code(said)


def by_meaning(said: str, *, status: str = "") -> BounceClass | None:
    """The class by enhanced code and words, which say more than a code of SMTP."""
    said = said[:MAX_SAID]
    enhanced = [(level, f"{subject}.{detail}") for level, subject, detail in ENHANCED.findall(f"{said} {status}")]
    clear = ((level, _by_table(CODES, code)) for level, code in enhanced)
    if found := next(((level, known) for level, known in clear if known), None):
        return _for_good(*found)
    about_policy = any(code.startswith("7") for _, code in enhanced)
    tables = WORDS if about_policy else WORDS + WEAKER_WORDS
    words = NAMES.sub(" ", said)
    if known := next((kind for kind, pattern in tables if pattern.search(words)), None):
        return known
    unclear = ((level, _by_table(UNCLEAR, code)) for level, code in enhanced)
    return next((_for_good(level, known) for level, known in unclear if known), None)


def by_smtp_code(said: str) -> BounceClass | None:
    """The class that a code of SMTP has when nothing else is said."""
    code = SMTP.search(said[:MAX_SAID])
    return _by_table(SMTP_CODES, code[1]) if code else None


def _for_good(level: str, known: BounceClass) -> BounceClass:
    """What may pass (4.x.x) is not the end of an address, even if the server gave up."""
    return MAILBOX if known is DEAD and level == "4" else known


def _by_table(table: Sequence[tuple[str, BounceClass | None]], code: str) -> BounceClass | None:
    return next((kind for pattern, kind in table if re.fullmatch(pattern, code)), None)
