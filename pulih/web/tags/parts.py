"""Tags of the parts made of words: figures, states, notes, tabs, histories, progress."""

from collections.abc import Sequence
from typing import Any

from django.template import Library, loader
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pulih.web.figures import Chip, Counts, Figure, Happening, Progress, Step, Tab

register = Library()
NOTE_ICONS = {
    "info": "info-circle",
    "good": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
}


@register.inclusion_tag("web/parts/figure.html")
def figure(figure: Figure) -> dict[str, Any]:
    return {"figure": figure}


@register.inclusion_tag("web/parts/figures.html")
def figures(figures: Sequence[Figure]) -> dict[str, Any]:
    return {"figures": figures, "columns": min(4, len(figures))}


@register.inclusion_tag("web/parts/tag.html")
def tag(text: Any, tone: str = "", icon: str = "") -> dict[str, Any]:
    """A state or a mark. tone: "", good, warn, bad, info, solid, or pub for public figures."""
    return {"text": text, "tone": tone, "icon": icon}


@register.inclusion_tag("web/parts/tag.html")
def unconfirmed() -> dict[str, Any]:
    """Mark a rule, number or name that nobody has compared with its source, in one wording."""
    return {"text": _("not confirmed yet"), "tone": "warn", "icon": ""}


@register.inclusion_tag("web/parts/tabs.html")
def tabs(tabs: Sequence[Tab], label: Any = "") -> dict[str, Any]:
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("web/parts/chips.html")
def chips(chips: Sequence[Chip]) -> dict[str, Any]:
    return {"chips": chips}


@register.inclusion_tag("web/parts/counts.html")
def counts(counts: Counts, sentence: Any = "", rest: Any = "") -> dict[str, Any]:
    """Rows of a file. sentence: what became of them; rest: a link or hint below it."""
    return {"counts": counts, "sentence": sentence, "rest": rest} | {
        f"{name}_share": counts.share(getattr(counts, name))
        for name in ("accepted", "corrected", "rejected")
    }


@register.inclusion_tag("web/parts/history.html")
def history(happenings: Sequence[Happening]) -> dict[str, Any]:
    return {"happenings": happenings}


@register.inclusion_tag("web/parts/way.html")
def way(steps: Sequence[Step]) -> dict[str, Any]:
    return {"steps": steps}


@register.inclusion_tag("web/parts/progress.html")
def progress(progress: Progress, url: str, sentence: Any = "") -> dict[str, Any]:
    """A bar that asks `url` every second for itself; sentence: what may be done meanwhile."""
    return {"progress": progress, "url": url, "sentence": sentence}


@register.simple_block_tag
def note(content: str, tone: str = "info", title: Any = "", icon: str = "") -> SafeString:
    """`{% note "warn" title=_("…") %}the rest{% endnote %}`; tone info, good, warn, bad."""
    context = {"content": content, "tone": tone, "title": title, "icon": icon or NOTE_ICONS[tone]}
    return loader.render_to_string("web/parts/note.html", context)


@register.simple_block_tag
def empty(content: str, title: Any, icon: str = "") -> SafeString:
    """`{% empty title=_("Nothing yet.") icon="inbox" %}whose it is, and a button{% endempty %}`."""
    context = {"content": content, "title": title, "icon": icon}
    return loader.render_to_string("web/parts/empty.html", context)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Any, content: str, id: str, title: Any, action: str, button: Any
) -> SafeString:
    """A question before `action` is posted; a button with `data-ask="id"` opens it."""
    values = {"content": content, "id": id, "title": title, "action": action, "button": button}
    return loader.render_to_string("web/parts/confirm.html", values, context.get("request"))
