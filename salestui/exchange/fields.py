"""What can be imported: the kinds of records, their fields, and what each field holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "date", "amount", "rate", "whole", "choice"]


@dataclass(frozen=True)
class Field:
    """A field of a record. One with `to` holds the id of a record of that kind."""

    kind: Kind = "text"
    required: bool = False
    to: str = ""
    choices: tuple[str, ...] = ()
    open_ended: bool = False


@dataclass(frozen=True)
class Entity:
    """A kind of record: what several of them are called, its fields, and which of them tell two records apart."""

    plural: str
    fields: Mapping[str, Field]
    identity: tuple[str, ...] = ("id",)


_TEXT, _NAME, _DAY, _AMOUNT = Field(), Field(required=True), Field("date"), Field("amount")
_SINCE = {"valid_from": Field("date", open_ended=True), "valid_to": Field("date", open_ended=True)}
_TYPE = Field("choice", choices=("new", "expansion", "renewal"))
_SEAT_KIND = Field("choice", choices=("manager", "seller"))


def _to(entity: str, *, required: bool = False) -> Field:
    return Field(to=entity, required=required)


ENTITIES: Mapping[str, Entity] = {
    "territory": Entity("territories", {"id": _NAME, "name": _NAME, "parent": _to("territory")}),
    "person": Entity(
        "people",
        {
            "id": _NAME,
            "name": _NAME,
            "email": _TEXT,
            "hired_on": _DAY,
            "left_on": _DAY,
            "manager": _to("person"),
            "start": _DAY,
            "title": _TEXT,
            "kind": _SEAT_KIND,
            "team": _TEXT,
            "territory": _to("territory"),
        },
    ),
    "seat": Entity(
        "seats",
        {
            "id": _NAME,
            "title": _NAME,
            "kind": _SEAT_KIND,
            "team": _TEXT,
            "territory": _to("territory"),
            **_SINCE,
        },
    ),
    "reporting": Entity(
        "lines of command",
        {"seat": _to("seat", required=True), "manager_seat": _to("seat", required=True), **_SINCE},
        ("seat", "valid_from"),
    ),
    "occupancy": Entity(
        "occupancies",
        {"person": _to("person", required=True), "seat": _to("seat", required=True), **_SINCE},
        ("person", "seat", "valid_from"),
    ),
    "assignment": Entity(
        "territory assignments",
        {"person": _to("person"), "seat": _to("seat"), "territory": _to("territory", required=True), **_SINCE},
        ("person", "seat", "territory", "valid_from"),
    ),
    "product_line": Entity("product lines", {"id": _NAME, "name": _NAME}),
    "product": Entity(
        "products",
        {"id": _NAME, "name": _NAME, "line": _to("product_line"), "list_price": _AMOUNT, "unit_cost": _AMOUNT},
    ),
    "account": Entity(
        "accounts",
        {
            "id": _NAME,
            "name": _NAME,
            "sector": _TEXT,
            "territory": _to("territory"),
            "owner": _to("person"),
            "created_on": _DAY,
        },
    ),
    "stage": Entity(
        "stages",
        {
            "id": _NAME,
            "name": _NAME,
            "position": Field("whole", required=True),
            "probability": Field("rate"),
            "category": Field(
                "choice",
                required=True,
                choices=("omitted", "pipeline", "best_case", "most_likely", "commit", "closed"),
            ),
            "outcome": Field("choice", required=True, choices=("open", "won", "lost")),
        },
    ),
    "plan_rate": Entity(
        "plan rates",
        {
            "fiscal_year": Field("whole", required=True),
            "currency": _NAME,
            "rate": Field("rate", required=True),
        },
        ("fiscal_year", "currency"),
    ),
    "opportunity": Entity(
        "opportunities",
        {
            "id": _NAME,
            "name": _NAME,
            "account": _to("account"),
            "owner": _to("person"),
            "product": _to("product"),
            "line": _to("product_line"),
            "stage": _to("stage", required=True),
            "type": _TYPE,
            "source": _TEXT,
            "amount": _AMOUNT,
            "currency": _TEXT,
            "created_on": _DAY,
            "close_on": _DAY,
            "lost_reason": _TEXT,
        },
    ),
    "stage_change": Entity(
        "stage changes",
        {
            "opportunity": _to("opportunity", required=True),
            "stage": _to("stage", required=True),
            "entered_on": Field("date", required=True),
        },
        ("opportunity", "stage", "entered_on"),
    ),
    "sale": Entity(
        "sales",
        {
            "id": _NAME,
            "opportunity": _to("opportunity"),
            "account": _to("account"),
            "product": _to("product"),
            "line": _to("product_line"),
            "territory": _to("territory"),
            "type": _TYPE,
            "booked_on": Field("date", required=True),
            "amount": Field("amount", required=True),
            "cost": _AMOUNT,
            "currency": _TEXT,
            "owner": _to("person"),
        },
    ),
    "credit": Entity(
        "credits",
        {
            "sale": _to("sale", required=True),
            "person": _to("person", required=True),
            "share": Field("rate", required=True),
            "role": Field("choice", choices=("primary", "split", "overlay")),
        },
        ("sale", "person", "role"),
    ),
    "ramp": Entity("ramps", {"id": _NAME, "name": _NAME, "shares": _NAME}),
    "ramping": Entity(
        "people who ramp up",
        {
            "person": _to("person", required=True),
            "seat": _to("seat", required=True),
            "ramp": _to("ramp", required=True),
            "starts_on": Field("date", required=True),
        },
        ("person", "seat"),
    ),
    "relief": Entity(
        "reliefs",
        {
            "id": _NAME,
            "person": _to("person", required=True),
            "seat": _to("seat"),
            "valid_from": Field("date", required=True),
            "valid_to": Field("date", open_ended=True),
            "share": Field("rate"),
            "amount": _AMOUNT,
            "reason": _NAME,
            "approver": _NAME,
            "lowers_team": Field("choice", choices=("yes", "no", "true", "false")),
        },
    ),
    "target_pay": Entity(
        "pay at target",
        {
            "id": _NAME,
            "person": _to("person", required=True),
            "base": Field("amount", required=True),
            "variable": Field("amount", required=True),
            **_SINCE,
        },
    ),
    "quota": Entity(
        "quotas",
        {
            "person": _to("person"),
            "seat": _to("seat"),
            "fiscal_year": Field("whole"),
            "month": _DAY,
            "date": _DAY,
            "line": _to("product_line"),
            "measure": _TEXT,
            "amount": _AMOUNT,
        },
        ("person", "seat", "month", "date", "line", "measure"),
    ),
}
"""Every kind of record, in the order in which they are taken in: what is referred to comes first."""

DERIVED_PLURALS: Mapping[str, str] = {"setting": "settings", "quota_plan": "quota plans"}


def plural(entity: str) -> str:
    """What several records of a kind are called."""
    return ENTITIES[entity].plural if entity in ENTITIES else DERIVED_PLURALS.get(entity, entity)
