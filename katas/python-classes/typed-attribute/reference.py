class Bounded:
    """An attribute that only takes values of one type between two limits, both included:

        class Volume:
            level = Bounded(int, 0, 10)

    Whoever writes a value of another type gets a TypeError, a value outside the limits is a
    ValueError, and in both cases the message begins with the attribute's name. True and False
    are no int here. Reading before anything was written is an AttributeError.
    """

    def __init__(self, kind: type, low, high):
        self.kind = kind
        self.low = low
        self.high = high

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance, owner: type):
        """The instance's value; the descriptor itself when there is no instance."""
        if instance is None:
            return self
        if self.name not in instance.__dict__:
            raise AttributeError(f"{self.name} has no value yet")
        return instance.__dict__[self.name]

    def __set__(self, instance, value) -> None:
        if type(value) is not self.kind:
            raise TypeError(f"{self.name} has to be of type {self.kind.__name__}")
        if not self.low <= value <= self.high:
            raise ValueError(f"{self.name} has to be from {self.low} to {self.high}")
        instance.__dict__[self.name] = value
