"""The kinds of records that a rule of retention is about."""

from django.db import models


class RetentionKind(models.TextChoices):
    REGISTRATIONS = "registrations", "Anmälningar till möten"
    FORMER_ROLES = "former_roles", "Tidigare kontaktpersoner, ersättare och medlemmar i grupper"
    WITHOUT_ROLE = "persons_without_role", "Personer som aldrig har haft något uppdrag"
    FORMER_EDITORS = "former_editors", "Tidigare redaktörer"
    MAIL_CONTENT = "mail_content", "Texten i mejl som har gått fram"
    MAILS = "mails", "Mejl som har gått fram"
    UNDELIVERED_MAILS = "undelivered_mails", "Mejl som inte gick fram"
    SESSIONS = "sessions", "Inloggningar"
    LOG_INS = "log_ins", "Listan över när och varifrån någon har loggat in"
    MISSED_SEARCHES = "missed_searches", "Sökningar som inte fick något svar"
    DRAFT_LINKS = "draft_links", "Länkar till utkast, och kommentarer på dem"
    NOMINATIONS = "nominations", "Anmälningar av kontaktpersoner"
    INQUIRIES = "inquiries", "Frågor om kontaktpersoner finns kvar"
    COLLEAGUES = "colleagues", "Kollegor på organisationernas listor"
    PENDING_IMPORTS = "pending_imports", "Inlästa filer som ingen har bekräftat"
    TASKS = "tasks", "Arbete som har körts i bakgrunden"
    ACCESS_LOG = "access_log", "Loggen över vem som har läst uppgifter"
    REMOVAL_LOGS = "removal_logs", "Loggarna över det som har tagits bort"
