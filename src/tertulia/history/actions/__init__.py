"""Bringing a history in, and taking it back."""

from tertulia.history.actions.bring import Brought, bring_history, look_at, undo

__all__ = ["Brought", "bring_history", "look_at", "undo"]
