"""The settings of the product, with the demo on PostgreSQL: a site may be there, so its pages have to work there."""

import os

from tertulia.config.databases import database_settings
from tertulia.config.parse import database
from tertulia.config.settings import *  # noqa: F403 -- all of them, but for one
from tests.journeys.postgresql import NAMED

DATABASES = {"default": database_settings(database(os.environ[NAMED]))}
