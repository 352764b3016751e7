"""Tags that the frame of a page is made of: styles, scripts, icons, addresses."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template import Context, Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pulih.web import addresses, assets
from pulih.web.published import rows as published_rows

register = Library()


@register.simple_tag
def page_styles() -> SafeString:
    """Write the links to the built style sheets."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((url,) for url in assets.style_urls())
    )


@register.simple_tag
def page_scripts() -> SafeString:
    """Write the built scripts, modules that wait for the page."""
    return format_html_join(
        "\n", '<script type="module" src="{}"></script>', ((url,) for url in assets.script_urls())
    )


@register.inclusion_tag("web/_published.html")
def published(who: str, regency: int, product: str = "") -> dict[str, Any]:
    """Rows of public tables in which somebody is counted, as `web.published` says it."""
    return {"rows": published_rows(who, regency, product)}


@register.simple_tag
def svg_icon(name: str, size: str = "") -> SafeString:
    """Write one icon of icons.txt; size "" is 16, "sm" 14, "lg" 26. Always decoration."""
    return _icon(name, size, assets.sprite())


@cache
def _icon(name: str, size: str, _sprite: str) -> SafeString:
    # A page draws some fifty, always of the same few; another build has another sprite.
    icon = '<svg class="i{}" aria-hidden="true"><use href="{}"></use></svg>'
    return format_html(icon, f" {size}" if size else "", assets.icon_url(name))


@register.simple_tag
def url_with(request: HttpRequest, **changes: Any) -> str:
    """Write this page's address with some questions changed; None takes one away."""
    return addresses.url_with(request, **changes)


@register.simple_tag(takes_context=True)
def url_as_of(context: Context, address: str, **asked: Any) -> str:
    """Write another page's address with questions, on the days that this page shows."""
    return addresses.with_query(address, {**asked, **context["frame"].as_of.query})


@register.simple_block_tag
def kept(content: str) -> SafeString:
    """Keep what a block says, to show it twice or only if it says something."""
    return SafeString(content.strip())
