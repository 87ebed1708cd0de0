for value in [1, "s", [], {}, (), None, 1.5, len, int, lambda: 0]:
    for name in ["constructor", "__proto__", "toString"]:
        try:
            getattr(value, name)
        except AttributeError as error:
            print(error)
