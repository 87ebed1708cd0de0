def balances(amounts, start=0):
    """Yields the balance after each of the amounts; before the first one it is `start`.
    Takes an amount only when its balance is asked for.
    """
    # BLANK_START
    # TODO: a total that grows.
    raise NotImplementedError
    # BLANK_END


def bookings(totals, start=0):
    """Undoes `balances`: yields the amount that led to each of the balances."""
    # BLANK_START
    # TODO: the difference to the one before.
    raise NotImplementedError
    # BLANK_END
