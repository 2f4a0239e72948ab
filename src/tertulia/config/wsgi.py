"""The door that granian calls for pages."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tertulia.config.settings")

application = get_wsgi_application()
