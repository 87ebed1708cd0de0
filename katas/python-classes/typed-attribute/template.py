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
        # BLANK_START
        # TODO: where does the value belong?
        raise NotImplementedError
        # BLANK_END

    def __set__(self, instance, value) -> None:
        # BLANK_START
        # TODO: the type, the limits, and then the value.
        raise NotImplementedError
        # BLANK_END
