from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("impact", "0001_proposals"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal", name="back", field=models.CharField(default="/", max_length=500)
        ),
    ]
