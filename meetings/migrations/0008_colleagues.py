"""The lists of colleagues to whom organisations forward invitations."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0005_nominations'),
        ('meetings', '0007_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Colleague',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-post')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='namn')),
                ('unit', models.CharField(blank=True, max_length=150, verbose_name='förvaltning eller enhet')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='tillagd')),
                ('used_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='senast använd')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='ville inte ha fler')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tillagd av')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='colleagues', to='contacts.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'kollega',
                'verbose_name_plural': 'kollegor',
                'constraints': [models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('email'), name='one_colleague_an_address'), models.CheckConstraint(condition=models.Q(('left_at', None), models.Q(('name', ''), ('unit', '')), _connector='OR'), name='who_left_is_only_an_address')],
            },
        ),
    ]
