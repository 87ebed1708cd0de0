import time


def retry(attempts: int, *errors: type, wait: float = 0.1, sleep=time.sleep):
    """A decorator. The decorated function is called again, up to `attempts` calls in all, when it
    raises one of `errors`; other errors, and the last one, reach the caller. Between two calls
    it sleeps for `wait` seconds, and then twice as long each time.
    """
    # BLANK_START
    # TODO: three levels: settings, function, arguments.
    raise NotImplementedError
    # BLANK_END
