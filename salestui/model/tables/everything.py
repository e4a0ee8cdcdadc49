"""Every table at once, for migrations and checks: `metadata` holds them all."""

from salestui.model.tables import (
    derived,
    exchange,
    history,
    ledger,
    market,
    organisation,
    pipeline,
    planning,
    quotas,
    staffing,
)
from salestui.model.tables.base import metadata

__all__ = ["metadata", "modules"]
modules = (derived, exchange, history, ledger, market, organisation, pipeline, planning, quotas, staffing)
