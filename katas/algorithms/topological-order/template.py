#R
#R
def build_order(needs: dict[str, list[str]]) -> list[str]:
    """An order in which each thing comes after all that it needs; where several could come next,
    the first by the alphabet does.

    Args:
        needs: from a thing to those it needs, each at most once; things that are only needed
            by others count too

    Raises:
        ValueError: with the words "in a circle" when there is no such order
    """
    # BLANK_START
    # TODO: place what is free, and see who that sets free.
    raise NotImplementedError
    # BLANK_END
