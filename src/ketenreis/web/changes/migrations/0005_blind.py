from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0004_said"),
    ]

    operations = [
        migrations.AddField(
            model_name="variant",
            name="blind",
            field=models.BooleanField(default=False),
        ),
    ]
