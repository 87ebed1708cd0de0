"""Tasks that end together."""
from .timeouts import TaskGroup

__all__ = ("TaskGroup",)
