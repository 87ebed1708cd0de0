import traceback


class AppError(Exception):
    code = 500

    def __init__(self, message, **details):
        super().__init__(message, details)
        self.message, self.details = message, details

    def __str__(self):
        return f"[{self.code}] {self.message}" + (f" {self.details}" if self.details else "")


class NotFound(AppError):
    code = 404


def load(key):
    try:
        return {"a": "1", "b": "x"}[key]
    except KeyError as error:
        raise NotFound("no such key", key=key) from error


def parse(key):
    try:
        return int(load(key))
    except ValueError:
        raise AppError("cannot parse")
    finally:
        print("parsed", key)


def chain(error):
    while error:
        yield f"{type(error).__name__}: {error}"
        error = error.__cause__ or (error.__context__ if not error.__suppress_context__ else None)


for key in "abc":
    try:
        print(parse(key))
    except AppError as error:
        print(" <- ".join(chain(error)), error.args)
        print(traceback.format_exception_only(error))
try:
    try:
        1 / 0
    finally:
        [][1]
except IndexError as error:
    print(list(chain(error)))
try:
    raise ExceptionGroup("many", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [ValueError(2)])])
except* ValueError as group:
    print("values", group.exceptions)
except* TypeError as group:
    print("types", repr(group))
error = ValueError("noted")
error.add_note("first")
print(error.__notes__, ValueError("a") == ValueError("a"), repr(KeyError("k")), str(KeyError("k")), str(OSError(2, "gone", "f.txt")))
