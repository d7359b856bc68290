from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hackathon", "0006_letters_that_survive"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("form_key", ""), _negated=True),
                fields=("event", "form_key"),
                name="registration_form_sent_once",
            ),
        ),
    ]
