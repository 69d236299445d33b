"""Tables of correspondence. Nothing in them is deleted, and only drafts, states and replies ever change."""

from rozlicz.portal.correspondence.models.announcements import (
    Announcement,
    AnnouncementFile,
    AnnouncementReading,
    AnnouncementVersion,
    Audience,
    Recipient,
)
from rozlicz.portal.correspondence.models.documents import DocumentKind, PublishedDocument
from rozlicz.portal.correspondence.models.parcels import (
    Direction,
    Parcel,
    ParcelArchiving,
    ParcelFile,
    ParcelReading,
)
from rozlicz.portal.correspondence.models.surveys import QuestionKind, Survey, SurveyQuestion, SurveyReply
from rozlicz.portal.correspondence.models.tickets import PostKind, Ticket, TicketArea, TicketFile, TicketPost

__all__ = [
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
