import functools
import traceback


class ServiceError(Exception):
    """Base of what the service raises."""

    def __init__(self, message, *, code=500):
        super().__init__(message)
        self.code = code

    def __reduce__(self):
        return type(self), self.args


class Unavailable(ServiceError):
    pass


class Rejected(ServiceError):
    def __str__(self):
        return f"[{self.code}] {super().__str__()}"


def retry(times, *errors, delay=lambda n: 2**n):
    def decorate(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            waited, failures = 0, []
            for attempt in range(times):
                try:
                    return func(*args, attempt=attempt, **kwargs), waited
                except errors as error:
                    error.add_note(f"attempt {attempt + 1}")
                    failures.append(error)
                    waited += delay(attempt)
            raise ExceptionGroup(f"{func.__name__} failed {times} times", failures)
        return wrapper
    return decorate


@retry(3, Unavailable, TimeoutError)
def fetch(name, attempt):
    if name == "flaky" and attempt < 2:
        raise Unavailable(f"try {attempt}")
    if name == "slow":
        raise TimeoutError if attempt % 2 else Unavailable("busy", code=503)
    if name == "bad":
        try:
            {}["user"]
        except KeyError as error:
            raise Rejected("no user", code=404) from error
    return name.upper()


def describe(error, depth=0):
    line = f"{'  ' * depth}{type(error).__name__}: {error}"
    notes = getattr(error, "__notes__", [])
    print(line + (f" ({'; '.join(notes)})" if notes else ""))
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            describe(one, depth + 1)
    if error.__cause__:
        describe(error.__cause__, depth + 1)
    elif error.__context__ and not error.__suppress_context__:
        describe(error.__context__, depth + 2)


for name in ("plain", "flaky", "slow", "bad"):
    try:
        print(fetch(name))
    except Exception as error:
        describe(error)
try:
    fetch("slow")
except* TimeoutError as group:
    print("timeouts", len(group.exceptions))
except* ServiceError as group:
    print("service", [e.code for e in group.exceptions], group.message)


def nested():
    try:
        try:
            int("x")
        finally:
            [].pop()
    except IndexError:
        raise RuntimeError("outer") from None


try:
    nested()
except RuntimeError as error:
    describe(error)
    print(repr(error.__context__), error.__suppress_context__, [f.name for f in traceback.extract_tb(error.__traceback__)])
    print("".join(traceback.format_exception_only(error)).strip())


def cleanup(log):
    for i in range(3):
        try:
            if i == 1:
                continue
            log.append(i)
        except ValueError:
            log.append("never")
        else:
            log.append("else")
        finally:
            log.append("finally")
    return log


print(cleanup([]), issubclass(Rejected, ServiceError), Rejected("x").args, ServiceError.__doc__)
try:
    raise ServiceError("a", code=1) from Unavailable("b")
except ServiceError as first:
    try:
        raise Rejected("c")
    except Rejected as second:
        print(second.__context__ is first, second.__context__.__cause__)
try:
    first
except NameError as error:
    print(error)
