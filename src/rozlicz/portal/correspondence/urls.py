"""Addresses of correspondence behind the log-in."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.correspondence.pages import announcing, drafting, parcels, surveys, tickets

urlpatterns = [
    path("", parcels.correspondence, name="correspondence"),
    path("komunikaty/nowy/", announcing.new, name="announcement_new"),
    path("komunikaty/<int:announcement_id>/popraw/", announcing.correct, name="announcement_correct"),
    path("komunikaty/<int:announcement_id>/wycofaj/", announcing.withdraw, name="announcement_withdraw"),
    path("dokumenty/nowy/", announcing.new_document, name="document_new"),
    path("przesylki/", parcels.parcels, name="parcels"),
    path("przesylki/nowa/", parcels.new, name="parcel_new"),
    path("przesylki/<int:parcel_id>/", parcels.parcel, name="parcel"),
    path("przesylki/<int:parcel_id>/odpowiedz/", parcels.answer, name="parcel_answer"),
    path("przesylki/<int:parcel_id>/potwierdzenie/", parcels.receipt_pdf, name="parcel_receipt"),
    path("przesylki/<int:parcel_id>/archiwum/", parcels.archive, name="parcel_archive"),
    path("przesylki/<int:parcel_id>/z-archiwum/", parcels.take_back, name="parcel_take_back"),
    path("przesylki/<int:parcel_id>/plik/<int:file_id>/", parcels.file, name="parcel_file"),
    path("ankiety/", surveys.surveys, name="surveys"),
    path("ankiety/nowa/", drafting.new, name="survey_new"),
    path("ankiety/<int:survey_id>/", surveys.survey, name="survey"),
    path("ankiety/<int:survey_id>/popraw/", drafting.change, name="survey_change"),
    path("ankiety/<int:survey_id>/pytania/", drafting.question_add, name="survey_question_add"),
    path(
        "ankiety/<int:survey_id>/pytania/<int:question_id>/usun/",
        drafting.question_remove,
        name="survey_question_remove",
    ),
    path("ankiety/<int:survey_id>/oglos/", drafting.publish, name="survey_publish"),
    path("ankiety/<int:survey_id>/wyniki.xlsx", surveys.results_xlsx, name="survey_results_xlsx"),
    path("ankiety/<int:survey_id>/odpowiedz/<int:page_number>/", surveys.reply, name="survey_reply"),
    path("ankiety/<int:survey_id>/odpowiedz/", surveys.check, name="survey_check"),
    path("zgloszenia/", tickets.tickets, name="tickets"),
    path("zgloszenia/nowe/", tickets.new, name="ticket_new"),
    path("zgloszenia/<int:ticket_id>/", tickets.ticket, name="ticket"),
    path("zgloszenia/<int:ticket_id>/dopisz/", tickets.post, name="ticket_post"),
    path("zgloszenia/<int:ticket_id>/odpowiedz/", tickets.answer, name="ticket_answer"),
    path("zgloszenia/<int:ticket_id>/plik/<int:file_id>/", tickets.file, name="ticket_file"),
]
