def first_unmatched(text: str) -> int | None:
    """The place of the first bracket that is wrong, of `()`, `[]` and `{}`; None when all match.

    Reading from the left, the first closing bracket that does not close the one opened last is
    wrong. When there is none, the first bracket that is never closed is.
    """
    partners = {")": "(", "]": "[", "}": "{"}
    open_places = []
    for place, letter in enumerate(text):
        if letter in "([{":
            open_places.append(place)
        elif letter in partners:
            if not open_places or text[open_places.pop()] != partners[letter]:
                return place
    return open_places[0] if open_places else None
