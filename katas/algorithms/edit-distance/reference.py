def edit_distance(a: str, b: str) -> int:
    """The fewest insertions, deletions and replacements of a letter that make `b` out of `a`
    (Levenshtein 1966). In the order of len(a) · len(b) steps.
    """
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        above, row = row, [i]
        for j, other in enumerate(b, 1):
            replaced = above[j - 1] + (letter != other)
            row.append(min(above[j] + 1, row[j - 1] + 1, replaced))
    return row[-1]
