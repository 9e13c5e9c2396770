"""A rule for how long colleagues stand on an organisation's list: two years from when it was last used for them."""

from django.db import migrations, models


KINDS = [
    ("registrations", "Anmälningar till möten"),
    ("former_roles", "Tidigare kontaktpersoner, ersättare och medlemmar i grupper"),
    ("persons_without_role", "Personer som aldrig har haft något uppdrag"),
    ("former_editors", "Tidigare redaktörer"),
    ("mail_content", "Texten i mejl som har gått fram"),
    ("mails", "Mejl som har gått fram"),
    ("undelivered_mails", "Mejl som inte gick fram"),
    ("sessions", "Inloggningar"),
    ("log_ins", "Listan över när och varifrån någon har loggat in"),
    ("missed_searches", "Sökningar som inte fick något svar"),
    ("draft_links", "Länkar till utkast, och kommentarer på dem"),
    ("nominations", "Anmälningar av kontaktpersoner"),
    ("inquiries", "Frågor om kontaktpersoner finns kvar"),
    ("colleagues", "Kollegor på organisationernas listor"),
    ("pending_imports", "Inlästa filer som ingen har bekräftat"),
    ("tasks", "Arbete som har körts i bakgrunden"),
    ("access_log", "Loggen över vem som har läst uppgifter"),
    ("removal_logs", "Loggarna över det som har tagits bort"),
]
DECISION = "Förvald tid i LUMEN, som gäller tills myndigheten har beslutat om gallring"


def add_rule(apps, schema_editor):
    rules = apps.get_model("privacy", "RetentionRule").objects
    rules.get_or_create(kind="colleagues", defaults={"days": 730, "decision": DECISION})


def remove_rule(apps, schema_editor):
    apps.get_model("privacy", "RetentionRule").objects.filter(kind="colleagues").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0007_inquiries'),
    ]

    operations = [
        migrations.AlterField(
            model_name='retentionrule',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=40, unique=True, verbose_name='slag'),
        ),
        migrations.AlterField(
            model_name='retentionrun',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=40, verbose_name='slag'),
        ),
        migrations.RunPython(add_rule, remove_rule),
    ]
