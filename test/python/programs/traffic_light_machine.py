from enum import Enum, auto, IntFlag


class Light(Enum):
    RED = auto()
    GREEN = auto()
    AMBER = auto()

    @property
    def next(self):
        members = list(type(self))
        return members[(members.index(self) + 1) % len(members)]

    @classmethod
    def parse(cls, text):
        try:
            return cls[text.strip().upper()]
        except KeyError:
            raise ValueError(f"no light {text!r}") from None


class Access(IntFlag):
    READ = 1
    WRITE = 2
    RUN = 4
    ALL = 7


light = Light.RED
for _ in range(4):
    print(light.name, light.value, "->", light.next)
    light = light.next
print(Light(2), repr(Light.AMBER), Light.parse(" green "), Light.RED is Light["RED"])
for bad in ("blue", 9):
    try:
        print(Light.parse(bad) if isinstance(bad, str) else Light(bad))
    except ValueError as error:
        print("ValueError:", error)
mode = Access.READ | Access.RUN
print(Access.WRITE in mode, Access.READ in mode, mode & ~Access.RUN == Access.READ, int(mode), Access(7) is Access.ALL)
print({light: light.value ** 2 for light in Light}, len(Light))
