class MinStack:
    """A stack that knows its smallest element. Each method takes the same time however many
    elements there are.
    """

    def __init__(self):
        # BLANK_START
        # TODO: nothing is on the stack.
        raise NotImplementedError
        # BLANK_END

    def __len__(self) -> int:
        # BLANK_START
        # TODO: how many elements there are.
        raise NotImplementedError
        # BLANK_END

    def push(self, element) -> None:
        """Puts an element on top."""
        # BLANK_START
        # TODO: keep with it what is the smallest from here on.
        raise NotImplementedError
        # BLANK_END

    def pop(self):
        """Takes the top off and returns it; IndexError when there is none."""
        # BLANK_START
        # TODO: the element of the last pair.
        raise NotImplementedError
        # BLANK_END

    def smallest(self):
        """The smallest element on the stack; IndexError when there is none."""
        # BLANK_START
        # TODO: what the last pair remembers.
        raise NotImplementedError
        # BLANK_END
