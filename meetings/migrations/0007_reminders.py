"""A reminder, once a meeting, to organisations from which nobody is registered."""

import django.core.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0006_picture_block'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='invitedorganisation',
            name='reminded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='påmind'),
        ),
        migrations.AddField(
            model_name='meetingpage',
            name='remind_days',
            field=models.PositiveSmallIntegerField(db_default=7, default=7, help_text='Påminnelsen går klockan 9. Flyttas mötet följer den med.', validators=[django.core.validators.MinValueValidator(1, 'Skriv minst 1 dag.'), django.core.validators.MaxValueValidator(60, 'Skriv högst 60 dagar.')], verbose_name='dagar före mötet'),
        ),
        migrations.AddField(
            model_name='meetingpage',
            name='reminds',
            field=models.BooleanField(db_default=True, default=True, help_text='Kontaktpersonerna får ett mejl, en enda gång, om ingen från organisationen är anmäld och ingen har tackat nej.', verbose_name='påminn dem som inte har någon anmäld'),
        ),
        migrations.AlterField(
            model_name='mailout',
            name='kind',
            field=models.CharField(choices=[('invitation', 'Inbjudan'), ('update', 'Ändring'), ('cancellation', 'Inställt'), ('reminder', 'Påminnelse')], max_length=15, verbose_name='slag'),
        ),
        migrations.AddConstraint(
            model_name='mailout',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'reminder')), fields=('meeting',), name='one_reminder_a_meeting'),
        ),
    ]
