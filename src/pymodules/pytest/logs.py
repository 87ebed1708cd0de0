"""`caplog`: what is logged is kept for the test."""
import logging
from contextlib import contextmanager
from io import StringIO


class LogCaptureHandler(logging.StreamHandler):
    def __init__(self):
        super().__init__(StringIO())
        self.setFormatter(logging.Formatter('%(levelname)-8s %(name)s:%(filename)s:%(lineno)d %(message)s'))
        self.records = []

    def emit(self, record):
        self.records.append(record)
        super().emit(record)

    def clear(self):
        self.records.clear()
        self.stream = StringIO()

    def handleError(self, record):
        raise


class LogCaptureFixture:
    def __init__(self, handler):
        self.handler = handler
        self._levels = {}
        self._disabled = None

    @property
    def text(self):
        return self.handler.stream.getvalue()

    @property
    def records(self):
        return self.handler.records

    @property
    def record_tuples(self):
        return [(one.name, one.levelno, one.getMessage()) for one in self.records]

    @property
    def messages(self):
        return [one.getMessage() for one in self.records]

    def get_records(self, when):
        return list(self.records) if when == 'call' else []

    def clear(self):
        self.handler.clear()

    def _enable(self, level, logger):
        before = logging.root.manager.disable
        if isinstance(level, str):
            level = logging.getLevelName(level)
        if not isinstance(level, int):
            logging.disable(logging.NOTSET)
        elif not logger.isEnabledFor(level):
            logging.disable(max(level - 10, logging.NOTSET))
        return before

    def set_level(self, level, logger=None):
        """Logs from this level on, until the test ends."""
        target = logging.getLogger(logger)
        self._levels.setdefault(logger, target.level)
        target.setLevel(level)
        self.handler.setLevel(level)
        before = self._enable(level, target)
        if self._disabled is None:
            self._disabled = before

    @contextmanager
    def at_level(self, level, logger=None):
        target = logging.getLogger(logger)
        before, own = target.level, self.handler.level
        target.setLevel(level)
        self.handler.setLevel(level)
        disabled = self._enable(level, target)
        try:
            yield
        finally:
            target.setLevel(before)
            self.handler.setLevel(own)
            logging.disable(disabled)

    @contextmanager
    def filtering(self, filter_):
        self.handler.addFilter(filter_)
        try:
            yield
        finally:
            self.handler.removeFilter(filter_)

    def close(self):
        for name, level in self._levels.items():
            logging.getLogger(name).setLevel(level)
        if self._disabled is not None:
            logging.disable(self._disabled)
        logging.getLogger().removeHandler(self.handler)


def caplog(request):
    handler = LogCaptureHandler()
    logging.getLogger().addHandler(handler)
    fixture = LogCaptureFixture(handler)
    request.addfinalizer(fixture.close)
    return fixture
