"""The addresses of the places: the first page, spaces, people, signing in, search, and what this is."""

from django.urls import path

from tertulia.web import (
    about,
    demo_pages,
    home,
    keeper,
    people,
    search,
    sign_in,
    spaces,
    spaces_join,
    spaces_keep,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-in/code", sign_in.sign_in_code, name="sign_in_code"),
    path("sign-in/again", sign_in.sign_in_again, name="sign_in_again"),
    path("sign-in/name", sign_in.sign_in_name, name="sign_in_name"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("keeper/<str:token>", keeper.keeper_link, name="keeper_link"),
    path("me", people.me, name="me"),
    path("p/<int:person_id>", people.person, name="person"),
    path("search", search.search, name="search"),
    path("spaces", spaces.spaces, name="spaces"),
    path("spaces/new", spaces_keep.space_new, name="space_new"),
    path("join/<str:token>", spaces_join.join_by_invitation, name="join_by_invitation"),
    path("s/<slug:slug>", spaces.space, name="space"),
    path("s/<slug:slug>/people", spaces.members, name="members"),
    path("s/<slug:slug>/join", spaces.join, name="join"),
    path("s/<slug:slug>/leave", spaces.leave, name="leave"),
    path("s/<slug:slug>/words", spaces_keep.space_words, name="space_words"),
    path("s/<slug:slug>/invitation", spaces_keep.invitation, name="invitation"),
    path("s/<slug:slug>/invitation/end", spaces_keep.invitation_end, name="invitation_end"),
    path("how-it-works", about.how_it_works, name="how_it_works"),
    path("what-it-will-not-do", about.will_not, name="will_not"),
    path("doors", demo_pages.doors, name="doors"),
    path("come-in", demo_pages.come_in, name="come_in"),
    path("outbox", demo_pages.outbox, name="outbox"),
]
