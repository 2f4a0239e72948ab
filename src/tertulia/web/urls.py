"""Every address of the pages: of places, of ideas, of readings."""

from tertulia.web import urls_ideas, urls_places, urls_readings

# They are tried in turn: what is read most stands first.
urlpatterns = [*urls_ideas.urlpatterns, *urls_places.urlpatterns, *urls_readings.urlpatterns]
