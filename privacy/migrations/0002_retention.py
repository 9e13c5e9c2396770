"""How long each kind of record is kept, with times to begin with, and the log of what has been removed."""

import django.core.validators
import django.utils.timezone
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
    ("pending_imports", "Inlästa filer som ingen har bekräftat"),
    ("tasks", "Arbete som har körts i bakgrunden"),
    ("access_log", "Loggen över vem som har läst uppgifter"),
    ("removal_logs", "Loggarna över det som har tagits bort"),
]
DAYS = {
    "registrations": 730,  # until the pilot has been evaluated
    "former_roles": 730,
    "persons_without_role": 7,
    "former_editors": 1825,
    "mail_content": 30,
    "mails": 365,
    "undelivered_mails": 365,
    "sessions": 0,
    "pending_imports": 1,
    "tasks": 14,
    "access_log": 730,
    "removal_logs": 3650,
}
DECISION = "Förvald tid i LUMEN, som gäller tills myndigheten har beslutat om gallring"


def add_rules(apps, schema_editor):
    rules = apps.get_model("privacy", "RetentionRule").objects
    for kind, days in DAYS.items():
        rules.get_or_create(kind=kind, defaults={"days": days, "decision": DECISION})


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='när')),
                ('kind', models.CharField(choices=KINDS, max_length=40, verbose_name='slag')),
                ('removed', models.PositiveIntegerField(verbose_name='antal')),
            ],
            options={
                'verbose_name': 'gallring',
                'verbose_name_plural': 'gallringar',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=KINDS, max_length=40, unique=True, verbose_name='slag')),
                ('days', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(36500)], verbose_name='antal dagar')),
                ('decision', models.CharField(help_text='Vilket beslut tiden vilar på, till exempel beslutets datum och diarienummer. Det står på sidan om personuppgifter.', max_length=300, verbose_name='beslut')),
            ],
            options={
                'verbose_name': 'gallringsregel',
                'verbose_name_plural': 'gallringsregler',
                'ordering': ['pk'],
                'default_permissions': ('view', 'change'),
                'constraints': [models.CheckConstraint(condition=models.Q(('days__lte', 36500)), name='kept_for_at_most_a_hundred_years')],
            },
        ),
        migrations.RunPython(add_rules, migrations.RunPython.noop, elidable=False),
    ]
