"""How often somebody may try to log in, and be mailed about it. The numbers are settings (`LIMITS`).

A try is counted by address and client together: whoever tries with another's address locks only themselves out.
"""

from outbox.addresses import comparable
from outbox.limits import Limit

CODES_OF_CLIENT = Limit("codes_a_client")
CODES_OF_PAIR = Limit("codes_an_address_and_client")
PASSWORDS_OF_CLIENT = Limit("wrong_passwords_a_client")
PASSWORDS_OF_PAIR = Limit("wrong_passwords_an_address_and_client")
APP_CODES = Limit("wrong_app_codes_a_person")
CODE_MAILS = Limit("code_mails_a_mailbox")
OTHER_ACCOUNT_MAILS = Limit("other_account_mails_a_mailbox")
DEPUTY_MAILS = Limit("deputy_mails_a_mailbox")
NOMINATIONS_OF_CLIENT = Limit("nominations_a_client")
NOMINATION_MAILS = Limit("nomination_mails_a_mailbox")


def may_ask_for_code(address: str, client: str) -> bool:
    """Count one more request for a code, and say whether it is within the limits."""
    return CODES_OF_CLIENT.allows(client) and CODES_OF_PAIR.allows(comparable(address), client)


def may_try_password(address: str, client: str) -> bool:
    """Count one more try with a password, and say whether it is within the limits."""
    return PASSWORDS_OF_CLIENT.allows(client) and PASSWORDS_OF_PAIR.allows(comparable(address), client)


def forgive_password(address: str, client: str) -> None:
    """Take back the count of a try that was right. The earlier wrong ones stay."""
    PASSWORDS_OF_CLIENT.forgive(client)
    PASSWORDS_OF_PAIR.forgive(comparable(address), client)
