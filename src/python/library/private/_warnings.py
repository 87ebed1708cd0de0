"""What `warnings` has in C."""

from warnings import filters, warn, warn_explicit
