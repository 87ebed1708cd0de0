import functools
import time


def retry(attempts: int, *errors: type, wait: float = 0.1, sleep=time.sleep):
    """A decorator. The decorated function is called again, up to `attempts` calls in all, when it
    raises one of `errors`; other errors, and the last one, reach the caller. Between two calls
    it sleeps for `wait` seconds, and then twice as long each time.
    """
    def decorate(function):
        @functools.wraps(function)
        def trying(*args, **keywords):
            for attempt in range(attempts - 1):
                try:
                    return function(*args, **keywords)
                except errors:
                    sleep(wait * 2**attempt)
            return function(*args, **keywords)

        return trying

    return decorate
