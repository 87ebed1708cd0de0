ROOMS = {"hall": {"north": "attic", "items": {"lamp"}}, "attic": {"south": "hall", "items": {"key", "rope"}, "dark": True}}


class Player:
    def __init__(self):
        self.room, self.bag, self.moves = "hall", set(), 0

    def command(self, line):
        match line.lower().split():
            case ["go", ("north" | "south") as way]:
                return self.go(way)
            case ["go", other]:
                return f"cannot go {other}"
            case ["take", "all"]:
                return [self.take(item) for item in sorted(ROOMS[self.room]["items"])]
            case ["take" | "get", item]:
                return self.take(item)
            case ["drop", *items] if items:
                dropped = self.bag.intersection(items)
                self.bag -= dropped
                return f"dropped {sorted(dropped)}"
            case ["look" | "l"]:
                return sorted(ROOMS[self.room]["items"]) or "nothing here"
            case []:
                return "say something"
            case [verb, *_]:
                return f"what is {verb!r}?"

    def go(self, way):
        if (there := ROOMS[self.room].get(way)) is None:
            return "a wall"
        if ROOMS[there].get("dark") and "lamp" not in self.bag:
            return "too dark"
        self.room = there
        self.moves += 1
        return f"now in the {there}"

    def take(self, item):
        try:
            ROOMS[self.room]["items"].remove(item)
        except KeyError as error:
            return f"no {error}"
        self.bag |= {item}
        return f"took {item}"


player = Player()
for line in ["look", "go north", "Take lamp", "go north", "take all", "", "go up", "drop rope coin", "dance now", "go south", "go south", "l", "drop"]:
    print(f"> {line:<15}{player.command(line)}")
print(player.room, sorted(player.bag), player.moves)
