from dataclasses import dataclass, field, replace


@dataclass(frozen=True, order=True)
class Item:
    """A thing in stock. Items compare by name, then by price."""

    name: str
    cents: int = 0

    def __post_init__(self):
        """ValueError when the name is empty or the price below zero."""
        if not self.name or self.cents < 0:
            raise ValueError(f"no such item: {self.name!r} at {self.cents} cents")


@dataclass
class Warehouse:
    """How many of each item there are."""

    city: str
    stock: dict[Item, int] = field(default_factory=dict)

    def add(self, item: Item, count: int = 1) -> None:
        """Puts `count` more of an item in stock."""
        self.stock[item] = self.stock.get(item, 0) + count

    def total(self) -> int:
        """What all of the stock is worth, in cents."""
        return sum(item.cents * count for item, count in self.stock.items())

    def moved_to(self, city: str) -> "Warehouse":
        """A warehouse elsewhere with the same stock; what changes in one leaves the other alone."""
        return replace(self, city=city, stock=dict(self.stock))
