"""Tables of correspondence. Nothing in them is deleted, and only drafts, states and replies ever change."""

from rozlicz.portal.correspondence.models.announcements import (
    AUDIENCE_WORDS,
    Announcement,
    AnnouncementFile,
    AnnouncementReading,
    AnnouncementVersion,
    Audience,
    Recipient,
)
from rozlicz.portal.correspondence.models.documents import DOCUMENT_NAMES, DocumentKind, PublishedDocument
from rozlicz.portal.correspondence.models.parcels import (
    DIRECTION_WORDS,
    Direction,
    Parcel,
    ParcelArchiving,
    ParcelFile,
    ParcelReading,
)
from rozlicz.portal.correspondence.models.surveys import (
    QUESTION_WORDS,
    QuestionKind,
    Survey,
    SurveyQuestion,
    SurveyReply,
)
from rozlicz.portal.correspondence.models.tickets import (
    TICKET_AREAS,
    PostKind,
    Ticket,
    TicketArea,
    TicketFile,
    TicketPost,
)

__all__ = [
    "AUDIENCE_WORDS",
    "DIRECTION_WORDS",
    "DOCUMENT_NAMES",
    "QUESTION_WORDS",
    "TICKET_AREAS",
    "Announcement",
    "AnnouncementFile",
    "AnnouncementReading",
    "AnnouncementVersion",
    "Audience",
    "Direction",
    "DocumentKind",
    "Parcel",
    "ParcelArchiving",
    "ParcelFile",
    "ParcelReading",
    "PostKind",
    "PublishedDocument",
    "QuestionKind",
    "Recipient",
    "Survey",
    "SurveyQuestion",
    "SurveyReply",
    "Ticket",
    "TicketArea",
    "TicketFile",
    "TicketPost",
]
