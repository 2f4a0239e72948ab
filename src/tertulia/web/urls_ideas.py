"""The addresses of ideas, what people said, and what they are writing."""

from django.urls import path

from tertulia.web import clicks, credits, drafts, ideas, replies, revise, versions, words_before, write

urlpatterns = [
    path("i/<int:idea_id>", ideas.idea_short, name="idea_short"),
    path("i/<int:idea_id>/revise", revise.revise, name="revise"),
    path("i/<int:idea_id>/v/<int:number>", versions.version, name="version"),
    path("i/<int:idea_id>/send/reply", replies.post_reply, name="post_reply"),
    path("i/<int:idea_id>/send/tried", replies.post_tried, name="post_tried"),
    path("i/<int:idea_id>/send/decided", replies.post_decided, name="post_decided"),
    path("i/<int:idea_id>/send/back", write.take_idea_back, name="take_idea_back"),
    path("i/<int:idea_id>/send/share", write.share_idea, name="share_idea"),
    path("i/<int:idea_id>/<str:slug>", ideas.idea, name="idea"),
    path("r/<int:reply_id>", ideas.reply, name="reply"),
    path("r/<int:reply_id>/answer", replies.answer, name="answer"),
    path("r/<int:reply_id>/yes", clicks.confirm, name="confirm"),
    path("r/<int:reply_id>/not-quite", replies.not_quite, name="not_quite"),
    path("r/<int:reply_id>/not-now", clicks.not_now, name="not_now"),
    path("r/<int:reply_id>/take-up", clicks.take_up_again, name="take_up_again"),
    path("r/<int:reply_id>/take-back", clicks.take_back, name="take_back"),
    path("c/<int:credit_id>", credits.answer_credit, name="answer_credit"),
    path("c/<int:credit_id>/not-quite", replies.correct_credit, name="correct_credit"),
    path("s/<slug:slug>/write", write.write_in_space, name="write_in_space"),
    path("write", write.write, name="write"),
    path("drafts", drafts.drafts, name="drafts"),
    path("drafts/keep", drafts.keep, name="keep_draft"),
    path("drafts/drop", drafts.drop, name="drop_draft"),
    path("words-before", words_before.words_before, name="words_before"),
]
