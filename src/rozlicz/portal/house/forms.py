"""How Django's forms are rendered: label above, hint under it, error at the field."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """The form renderer of the portal (setting FORM_RENDERER; needs `django.forms` installed).

    `{{ form }}` becomes the fields of the form without buttons; `{% error_summary form %}` stands on top
    of the page and links to the wrong fields.
    """

    form_template_name = "portal/forms/form.html"
    field_template_name = "portal/forms/field.html"
