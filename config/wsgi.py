"""The WSGI entry: `granian config.wsgi:application --interface wsgi`."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from evidence import scratch

from .keys import refuse_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
refuse_start(settings.KEYS_DIR)
scratch.use_for_temporary_files()
