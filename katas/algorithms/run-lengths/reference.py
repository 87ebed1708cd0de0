def encode(values: list) -> list[tuple]:
    """The runs of equal neighbours, each as (value, how many), in order."""
    runs = []
    for value in values:
        if runs and runs[-1][0] == value:
            runs[-1] = (value, runs[-1][1] + 1)
        else:
            runs.append((value, 1))
    return runs


def decode(runs: list[tuple]) -> list:
    """Undoes `encode`; a run of length 0 adds nothing."""
    return [value for value, count in runs for _ in range(count)]
