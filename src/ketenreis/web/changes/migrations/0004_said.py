from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0003_variants"),
    ]

    operations = [
        migrations.AddField(model_name="confirmed", name="said", field=models.JSONField(null=True)),
        migrations.RemoveField(model_name="confirmed", name="change"),
    ]
