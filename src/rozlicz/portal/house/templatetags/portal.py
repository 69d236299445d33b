"""Template tags and filters of the portal: `{% load portal %}`.

Formats of amounts and days, state badges, tables, forms, progress and the other components.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rozlicz.kernel.money import round_half_up
from rozlicz.portal.house import formatting
from rozlicz.portal.house.paging import Page
from rozlicz.portal.house.states import STATES

register = template.Library()

for _filter in (
    formatting.amount,
    formatting.units,
    formatting.count,
    formatting.percent,
    formatting.month_name,
    formatting.day,
    formatting.long_day,
    formatting.short_day,
    formatting.moment,
    formatting.account,
    formatting.in_fours,
    formatting.text,
    formatting.told,
):
    register.filter(_filter.__name__, _filter)


# Words


@register.simple_tag
def state(code: str) -> SafeString:
    """The badge of a state or severity: `{% state "accepted" %}`. An unknown code raises KeyError."""
    known = STATES[code]
    return format_html('<span class="state state-{}">{}</span>', known.shape, known.word)


@register.simple_tag
def whence(url: str) -> SafeString:
    """The link by which every amount can be asked where it comes from."""
    return format_html('<a class="whence" href="{}">{}</a>', url, _("How was this amount made?"))


@register.inclusion_tag("portal/components/deadline.html")
def deadline(what: dict[str, Any]) -> dict[str, Any]:
    """The next deadline as a chip.

    Takes `day` (a date), `days_left` (negative when it has passed), and, if there is more to say,
    `label` (for what) and `url` (where to do it).
    """
    left: int = what["days_left"]
    return {
        "label": what.get("label"),
        "url": what.get("url"),
        "late": left < 0,
        "words": _deadline_words(what["day"], left),
    }


def _deadline_words(day: date, left: int) -> str:
    name = formatting.short_day(day)
    if left < 0:
        passed = ngettext("%(days)s day ago", "%(days)s days ago", -left) % {"days": -left}
        return _("the term was %(day)s, %(passed)s") % {"day": name, "passed": passed}
    if left == 0:
        return _("by %(day)s, today") % {"day": name}
    if left == 1:
        return _("by %(day)s, tomorrow") % {"day": name}
    ahead = ngettext("in %(days)s day", "in %(days)s days", left) % {"days": left}
    return _("by %(day)s, %(ahead)s") % {"day": name, "ahead": ahead}


# Lists and tables


@register.simple_block_tag(end_name="end_table_frame")
def table_frame(content: str, label: str) -> SafeString:
    """The frame in which a table scrolls by itself; the label names it for screen readers."""
    return format_html(
        '<div class="frame" role="region" aria-label="{}" tabindex="0">{}</div>', label, content
    )


@register.simple_tag(takes_context=True)
def column(context: Context, key: str, label: str, number: bool = False) -> SafeString:
    """A head of a column that sorts the list: `?sort=key`, and `?sort=-key` the other way round.

    The rest of the address (filters) stays; the place in the list (`after`, `before`) does not.
    """
    now = context["request"].GET.get("sort", "")
    order = {key: "ascending", f"-{key}": "descending"}.get(now)
    wanted = f"-{key}" if order == "ascending" else key
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{}</a></th>',
        SafeString(' class="number"') if number else "",
        format_html(' aria-sort="{}"', order) if order else "",
        _address(context, sort=wanted),
        label,
    )


@register.simple_block_tag(takes_context=True, end_name="end_listing")
def listing(
    context: Context,
    content: str,
    page: Page[Any],
    form: BaseForm,
    *,
    none_fits: str,
    none_yet: str = "",
    caption: str = "",
    above: str = "",
) -> SafeString:
    """A list that is filtered: the filter, the table of the content in its frame, the pager; or why it is empty.

    `caption` names the table; without it the content stands without a frame. `none_fits` is said when the filter
    leaves nothing, `none_yet` when there is nothing to be filtered, where that can be. `above` is a template that
    stands on top of the list and changes with it.
    """
    if page.rows:
        framed = table_frame(content, caption) if caption else content
    else:
        is_filtered = context["request"].GET or not none_yet
        framed = format_html('<p class="empty">{}</p>', none_fits if is_filtered else none_yet)
    return render_to_string(
        "portal/components/listing.html",
        {
            **filter_bar(context, form, target="#list"),
            "above": render_to_string(above, context.flatten()) if above else "",
            "framed": framed,
            "pager": pager(context, page) if page.rows else None,
        },
    )


@register.inclusion_tag("portal/components/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """How much of the list is shown, and the ways to the page before and after this one, each where there is one."""
    words = _("Shown %(shown)s of more than %(total)s") if page.is_more else _("Shown %(shown)s of %(total)s")
    return {
        "words": words % {"shown": formatting.count(page.shown), "total": formatting.count(page.total)},
        "before_url": _address(context, before=page.before) if page.before else None,
        "after_url": _address(context, after=page.after) if page.after else None,
    }


@register.inclusion_tag("portal/components/filter_bar.html", takes_context=True)
def filter_bar(context: Context, form: BaseForm, target: str = "") -> dict[str, Any]:
    """The form that filters a list by its address. `target` (`#list`) lets htmx replace just the list."""
    path = context["request"].path
    return {"form": form, "target": target, "action": path, "clear_url": path if form.is_bound else None}


def _address(context: Context, **changes: str) -> str:
    """The page's own query string with some values changed and the place in the list forgotten."""
    query: QueryDict = context["request"].GET.copy()
    for place in ("after", "before"):
        query.pop(place, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


# Forms and acts


@register.inclusion_tag("portal/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, on top of the page, each line a link to its field.

    A label that is a sentence of its own (a question, a declaration) is not put before what is wrong.
    """
    lines: list[tuple[str, str]] = [("", line) for line in form.non_field_errors()]
    for field in form:
        label = "" if str(field.label).endswith((".", "?")) else f"{field.label}: "
        lines += [(field.id_for_label or field.auto_id, label + line) for line in field.errors]
    return {"lines": lines}


@register.simple_block_tag(takes_context=True, end_name="end_confirm")
def confirm(
    context: Context, content: str, *, action: str, ask: str, button: str, is_open: bool = False
) -> SafeString:
    """A dangerous act: a quiet button that opens the words of what will happen, and the real button.

    `ask` stands on the first button, `button` on the second, `action` is where the form is posted;
    the content may hold form fields. `is_open` when what was typed there is wrong.
    """
    return render_to_string(
        "portal/components/confirm.html",
        {
            "content": content,
            "action": action,
            "ask": ask,
            "button": button,
            "is_open": is_open,
            "csrf_token": context.get("csrf_token", ""),
        },
    )


# Figures and work


@register.inclusion_tag("portal/components/figure.html")
def figure(
    label: str, value: object, *, note: str = "", tone: str = "", url: str = "", link: str = ""
) -> dict[str, Any]:
    """One statistic inside `<dl class="figures">`; `tone` is `act` or `bad` when it asks for attention."""
    return {"label": label, "value": value, "note": note, "tone": tone, "url": url, "link": link}


@register.inclusion_tag("portal/components/plan_bar.html")
def plan_bar(done: int, plan: int) -> dict[str, Any]:
    """How much of a plan is done, as a bar; beyond the plan the bar goes on past a mark.

    Both in the same measure (grosze, units). The words beside it are the page's business: the bar itself
    says its share to screen readers.
    """
    whole = max(done, plan, 1)
    return {
        "share": formatting.percent(done, plan),
        "done": round_half_up(min(done, plan) * 1000, whole),
        "over": round_half_up(max(0, done - plan) * 1000, whole),
        "mark": round_half_up(plan * 1000, whole),
    }


@register.inclusion_tag("portal/components/progress.html", takes_context=True)
def progress(
    context: Context,
    label: str,
    *,
    done: int = 0,
    total: int = 0,
    url: str = "",
    seconds_left: int | None = None,
    words: str = "",
    name: str = "progress",
) -> dict[str, Any]:
    """Work that takes long, asked for every second at `url` (none: it has ended).

    `total` 0 means not yet known. Every tenth part is announced to screen readers, once: the address of
    the next question carries how much was told (`told`, in per cent). `words` stand in place of "done of
    total" where that counts nothing people know (bytes). `name` is the element's id.
    """
    request = context["request"]
    told = request.GET.get("told", "") if "HX-Request" in request.headers else ""
    percent = min(100, done * 100 // total) if total else 0
    tenth = percent // 10 * 10
    words = words or _progress_words(done, total)
    return {
        "id": name,
        "label": label,
        "done": done,
        "total": total,
        "percent": percent,
        "words": words,
        "left": _time_left(seconds_left),
        "url": f"{url}?told={tenth}" if url else "",
        "refresh_url": request.path if url else "",
        "announcement": f"{label}: {words}" if told.isdecimal() and int(told) < tenth else "",
    }


def _progress_words(done: int, total: int) -> str:
    if not total:
        return formatting.count(done) if done else ""
    return _("%(done)s of %(total)s") % {"done": formatting.count(done), "total": formatting.count(total)}


def _time_left(seconds: int | None) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return _("less than a minute left")
    minutes = round_half_up(seconds, 60)
    return ngettext("about %(minutes)s minute left", "about %(minutes)s minutes left", minutes) % {
        "minutes": minutes
    }


# The frame


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """The content of a block once more: the title of a page is also its heading."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return SafeString(block.nodelist.render(context).strip())
