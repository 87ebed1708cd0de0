ABSOLUTE_ZERO = -273.15


class Temperature:
    """A temperature that can be read and written in degrees Celsius and Fahrenheit.
    Whoever writes one below absolute zero, in either scale, gets a ValueError, and nothing changes.
    """

    def __init__(self, celsius: float):
        # BLANK_START
        # TODO: through the setter.
        raise NotImplementedError
        # BLANK_END

    # BLANK_START
    # TODO: the properties `celsius`, `fahrenheit`, and `is_freezing`: True up to 0 °C, only read.
    ...
    # BLANK_END
