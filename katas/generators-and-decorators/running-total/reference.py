def balances(amounts, start=0):
    """Yields the balance after each of the amounts; before the first one it is `start`.
    Takes an amount only when its balance is asked for.
    """
    for amount in amounts:
        start += amount
        yield start


def bookings(totals, start=0):
    """Undoes `balances`: yields the amount that led to each of the balances."""
    for total in totals:
        yield total - start
        start = total
