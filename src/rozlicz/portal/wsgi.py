"""The WSGI application that granian serves; connections are pooled here and nowhere else."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rozlicz.portal.settings")
os.environ.setdefault("ROZLICZ_SERVING", "1")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
