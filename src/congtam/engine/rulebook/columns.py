"""What the rows of each table offer to expressions: names, types, scales and codes."""

from congtam.engine.expressions.nodes import BOOLEAN, DAY, INSTANT, TEXT, Sort, Type, number
from congtam.engine.facts.tables import FAULT_KINDS, ORIGINS, ROLES

_ORIGIN = Type(Sort.TEXT, codes=ORIGINS)
_ITEM_STATE = Type(Sort.TEXT, codes=("open", "finished", "cancelled", "same_as"))

_ITEM: dict[str, Type] = {
    "item": TEXT,
    "kind": TEXT,
    "origin": _ORIGIN,
    "source": TEXT,
    "procedure": TEXT,
    "catalogue": TEXT,
    "channel": TEXT,
    "coefficient": number(2),
    "promised_at": INSTANT,
    "returns": number(0),
    "extensions": number(0),
    "late_extensions": number(0),
    "reopened": number(0),
    "requests": number(0),
    "waiting": number(0),
    "over_limit": BOOLEAN,
    "signed": BOOLEAN,
    "recognised": BOOLEAN,
    "satisfaction": number(6),
}

_WHEN: dict[str, Type] = {
    "received_at": INSTANT,
    "due_at": INSTANT,
    "finished_at": INSTANT,
    "accepted_at": INSTANT,
    "accepted": BOOLEAN,
    "excused": BOOLEAN,
    "delay_voided": BOOLEAN,
    "unit": TEXT,
    "agency": TEXT,
    "official": TEXT,
    "as_of": INSTANT,
    "counted": BOOLEAN,
}

COLUMNS: dict[str, dict[str, Type]] = {
    "share": {
        **_ITEM,
        **_WHEN,
        "role": Type(Sort.TEXT, codes=ROLES),
        "state": Type(Sort.TEXT, codes=("open", "finished", "passed_on")),
        "weight": number(6),
        "taken_up_at": INSTANT,
        "rating": number(6),
        "item.received_at": INSTANT,
        "item.due_at": INSTANT,
        "item.finished_at": INSTANT,
        "item.state": _ITEM_STATE,
    },
    "item": {**_ITEM, **_WHEN, "state": _ITEM_STATE},
    "fault": {
        "item": TEXT,
        "kind": Type(Sort.TEXT, codes=FAULT_KINDS),
        "at": INSTANT,
        "charged_to": DAY,
        "voided": BOOLEAN,
        "official": TEXT,
        "unit": TEXT,
        "derived": BOOLEAN,
        "as_of": INSTANT,
        "counted": BOOLEAN,
    },
}
