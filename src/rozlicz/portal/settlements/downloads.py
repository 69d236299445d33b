"""Files made of a settlement: the template as a message."""

from __future__ import annotations

import io

from django.conf import settings
from django.http import HttpResponse

from rozlicz.messages.header import new_header
from rozlicz.messages.r_umx import write_r_umx
from rozlicz.portal.clock import warsaw_time
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.settlements.queries import template_message


def template_response(template: Template) -> HttpResponse:
    """The template as the message R_UMX, to be loaded into the settlement program; always the same bytes."""
    target = io.BytesIO()
    header = new_header(
        kind="R_UMX",
        receiver=template.provider.code,
        sender=settings.BRANCH,
        generation=template.number,
        generated_at=warsaw_time(template.issued_at),
    )
    write_r_umx([template_message(template)], header=header, target=target)
    return HttpResponse(
        target.getvalue(),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="szablon_{template.number}.zrz"'},
    )
