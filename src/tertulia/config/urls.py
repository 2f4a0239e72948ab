"""The table of addresses. Of allauth nothing is reachable by itself: its parts stand behind our own pages."""

from django.urls import include, path

urlpatterns = [path("", include("tertulia.web.urls"))]

handler400 = "tertulia.web.errors.not_understood"
handler403 = "tertulia.web.errors.not_allowed"
handler404 = "tertulia.web.errors.not_there"
handler500 = "tertulia.web.errors.broken"
