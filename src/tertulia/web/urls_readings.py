"""The addresses of readings, of contests, and of the page that says how it is counted."""

from django.urls import path

from tertulia.web import readings

urlpatterns = [
    path("s/<slug:slug>/reading", readings.reading, name="reading"),
    path("s/<slug:slug>/reading/meeting/<int:number>", readings.meeting, name="reading_meeting"),
    path("contest/<int:act>", readings.contest, name="contest"),
    path("contest/<int:contest_id>/answer", readings.answer_contest, name="answer_contest"),
    path("how-it-is-counted", readings.how_counted, name="how_counted"),
]
