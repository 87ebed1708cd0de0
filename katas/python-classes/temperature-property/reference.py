ABSOLUTE_ZERO = -273.15


class Temperature:
    """A temperature that can be read and written in degrees Celsius and Fahrenheit.
    Whoever writes one below absolute zero, in either scale, gets a ValueError, and nothing changes.
    """

    def __init__(self, celsius: float):
        self.celsius = celsius

    @property
    def celsius(self) -> float:
        return self._celsius

    @celsius.setter
    def celsius(self, value: float) -> None:
        if value < ABSOLUTE_ZERO:
            raise ValueError(f"below absolute zero: {value}")
        self._celsius = value

    @property
    def fahrenheit(self) -> float:
        return self.celsius * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value: float) -> None:
        self.celsius = (value - 32) * 5 / 9

    @property
    def is_freezing(self) -> bool:
        return self.celsius <= 0
