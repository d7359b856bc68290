"""The door for ASGI servers. Palmarès itself is synchronous; see docs/decisions.md for why."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hackathon.project.settings")
application = get_asgi_application()
