from dataclasses import asdict, astuple, dataclass, field, fields, replace


@dataclass(frozen=True)
class Part:
    code: str
    price: float = 0.0
    tags: tuple = ()

    def __post_init__(self):
        if self.price < 0:
            raise ValueError(f"negative price for {self.code}")


@dataclass
class Bin:
    part: Part
    amount: int = 0
    log: list = field(default_factory=list, repr=False, compare=False)

    def move(self, change: int) -> "Bin":
        self.log.append(change)
        self.amount += change
        return self


@dataclass
class Labelled(Bin):
    label: str = "none"


bolt = Part("B-1", 0.25, ("steel",))
bins = [Bin(bolt, 10), Labelled(Part("N-7", 0.1), 5, label="nuts")]
print(bins[0].move(5).move(-3), bins[0].log)
print(bins[1], [f.name for f in fields(bins[1])])
print(asdict(bins[1]), astuple(bolt))
print(Bin(bolt, 12) == bins[0], Bin(bolt, 12) == Labelled(bolt, 12), hash(bolt) == hash(Part("B-1", 0.25, ("steel",))))
print(replace(bolt, price=0.3), sum(b.part.price * b.amount for b in bins))
for action in (lambda: setattr(bolt, "price", 1), lambda: Part("X", -1), lambda: Bin(), lambda: {bins[0]: 1}):
    try:
        action()
    except (AttributeError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
