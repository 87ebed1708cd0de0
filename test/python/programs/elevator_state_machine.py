from enum import Enum, Flag, auto
from functools import singledispatch, singledispatchmethod


class Light(Flag):
    OFF = 0
    UP = auto()
    DOWN = auto()
    DOOR = auto()
    BOTH = UP | DOWN


class Mode(Enum):
    IDLE = "idle"
    MOVING = "moving"
    OPEN = "open"

    @property
    def next_modes(self):
        return {Mode.IDLE: {Mode.MOVING, Mode.OPEN}, Mode.MOVING: {Mode.OPEN, Mode.IDLE}, Mode.OPEN: {Mode.IDLE, Mode.MOVING}}[self]

    @classmethod
    def _missing_(cls, value):
        return next((m for m in cls if isinstance(value, str) and m.value.startswith(value.lower())), None)


class Forbidden(RuntimeError):
    pass


class Elevator:
    def __init__(self, floors):
        self.floor, self.floors, self.calls = 0, range(floors), []
        self._mode, self.lights, self.log = Mode.IDLE, Light.OFF, []

    @property
    def mode(self):
        return self._mode

    @mode.setter
    def mode(self, mode):
        if mode is not self._mode and mode not in self._mode.next_modes:
            raise Forbidden(f"{self._mode.name} -> {mode.name}")
        self._mode = mode

    @singledispatchmethod
    def press(self, button):
        raise TypeError(f"no button {button!r}")

    @press.register
    def _(self, button: int):
        if button not in self.floors:
            raise ValueError(f"no floor {button}")
        if button not in self.calls:
            self.calls.append(button)

    @press.register(str)
    def _(self, button):
        self.press({"ground": 0, "top": self.floors[-1]}[button])

    @press.register
    def _(self, button: list):
        for one in button:
            self.press(one)

    def tick(self):
        if self.mode is Mode.OPEN:
            self.lights &= ~Light.DOOR
            self.mode = Mode.IDLE
        elif self.floor in self.calls:
            self.calls.remove(self.floor)
            self.mode, self.lights = Mode.OPEN, self.lights | Light.DOOR
        elif self.calls:
            up = min(self.calls, key=lambda f: (abs(f - self.floor), f)) > self.floor
            if Light.UP in self.lights and any(f > self.floor for f in self.calls):
                up = True
            self.lights = (self.lights & ~Light.BOTH) | (Light.UP if up else Light.DOWN)
            self.floor += 1 if up else -1
            self.mode = Mode.MOVING
        else:
            self.lights, self.mode = Light.OFF, Mode.IDLE
        self.log.append(f"{self.floor}{self.mode.value[0]}")


elevator = Elevator(6)
elevator.press(2)
elevator.press(["top", 1, 2])
for n in range(14):
    elevator.tick()
    if n == 3:
        elevator.press("ground")
    if n % 4 == 0:
        print(n, elevator.floor, elevator.mode, elevator.lights, elevator.calls)
print(" ".join(elevator.log))
for button in (9, 1.5, "roof"):
    try:
        elevator.press(button)
    except (ValueError, TypeError, KeyError) as error:
        print(type(error).__name__, error)
print(Mode("Mov"), Mode["OPEN"].value, Light.BOTH, ~Light.UP & Light.BOTH, Light(5), [m.name for m in Light.BOTH], Light.UP in Light.BOTH)
try:
    Mode("x")
except ValueError as error:
    print(error)


@singledispatch
def size(thing):
    return f"thing {thing}"


size.register(int, lambda n: f"int {n}")


@size.register(list)
@size.register(tuple)
def _(items):
    return [size(one) for one in items]


print(size([1, 2.5, (True, None)]), size.dispatch(bool) is size.dispatch(int), sorted(t.__name__ for t in size.registry))
