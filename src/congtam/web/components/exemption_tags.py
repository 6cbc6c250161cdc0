"""Tags of pages that show faults: where one found wrong is put right, for those who may."""

from django import template
from django.template import Context
from django.urls import reverse

from congtam.access.gate import Right, holds, over_person
from congtam.work.models import Share

register = template.Library()


@register.simple_tag(takes_context=True)
def exempt_address(context: Context, item: int | str) -> str:
    """Where faults of an item are exempted; blank for a seat that may exempt neither the person of the page nor, where
    the page has none, anybody who had the item."""
    request = context["request"]
    if not holds(request.seat.writing, Right.EXEMPT):
        return ""
    person = getattr(request, "person", None)
    had = [person.pk] if person else Share.objects.filter(item=item).values_list("official", flat=True)
    may = any(over_person(request.seat, Right.EXEMPT, one) for one in had)
    return f"{reverse('exemption_new')}?viec={item}" if may else ""
