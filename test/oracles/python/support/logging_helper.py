import logging.handlers


class TestHandler(logging.handlers.BufferingHandler):
    """Keeps the records as dictionaries, and finds one by its fields."""

    __test__ = False

    def __init__(self, matcher):
        super().__init__(0)
        self.matcher = matcher

    def shouldFlush(self, record):
        return False

    def emit(self, record):
        self.format(record)
        self.buffer.append(record.__dict__)

    def matches(self, **fields):
        return any(self.matcher.matches(record, **fields) for record in self.buffer)
