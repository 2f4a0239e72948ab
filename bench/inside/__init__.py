"""What the bench does with the site's own code, in a process of its own that has the site's settings."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tertulia.config.settings")
# Before the modules beside this one, which import models.
django.setup()
