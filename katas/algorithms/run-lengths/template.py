def encode(values: list) -> list[tuple]:
    """The runs of equal neighbours, each as (value, how many), in order."""
    # BLANK_START
    # TODO: make the last run longer, or begin a new one.
    raise NotImplementedError
    # BLANK_END


def decode(runs: list[tuple]) -> list:
    """Undoes `encode`; a run of length 0 adds nothing."""
    # BLANK_START
    # TODO: lay out one run after the other.
    raise NotImplementedError
    # BLANK_END
