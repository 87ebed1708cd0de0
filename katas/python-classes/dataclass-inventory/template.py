from dataclasses import dataclass


# BLANK_START
# TODO: which dataclass is it? Items can be sorted, are keys of dictionaries, and never change.
...
# BLANK_END
class Item:
    """A thing in stock. Items compare by name, then by price."""

    name: str
    cents: int = 0

    def __post_init__(self):
        """ValueError when the name is empty or the price below zero."""
        # BLANK_START
        # TODO: look at both.
        raise NotImplementedError
        # BLANK_END


@dataclass
class Warehouse:
    """How many of each item there are."""

    city: str
    # BLANK_START
    # TODO: `stock`, from Item to count: empty at first, and not one for all warehouses.
    ...
    # BLANK_END

    def add(self, item: Item, count: int = 1) -> None:
        """Puts `count` more of an item in stock."""
        # BLANK_START
        # TODO: there may be none of it yet.
        raise NotImplementedError
        # BLANK_END

    def total(self) -> int:
        """What all of the stock is worth, in cents."""
        # BLANK_START
        # TODO: add up.
        raise NotImplementedError
        # BLANK_END

    def moved_to(self, city: str) -> "Warehouse":
        """A warehouse elsewhere with the same stock; what changes in one leaves the other alone."""
        # BLANK_START
        # TODO: a copy, with a dictionary of its own.
        raise NotImplementedError
        # BLANK_END
