"""`capsys` and `capfd`: what is printed is kept for the test."""
import sys
from collections import namedtuple
from contextlib import contextmanager
from io import StringIO

CaptureResult = namedtuple('CaptureResult', ['out', 'err'])


class CaptureFixture:
    """Takes what is written to both streams, until it is asked for."""

    @classmethod
    def __class_getitem__(cls, item):
        """For annotations: what is captured, or raised."""
        return cls

    def __init__(self):
        self._outer = None

    def start(self):
        self._outer = sys.stdout, sys.stderr
        self._inner = sys.stdout, sys.stderr = StringIO(), StringIO()

    def readouterr(self):
        """What was written since it was last asked for."""
        texts = []
        for stream in self._inner:
            texts.append(stream.getvalue())
            stream.seek(0)
            stream.truncate()
        return CaptureResult(*texts)

    @contextmanager
    def disabled(self):
        """A block whose output goes where it would go without the fixture."""
        sys.stdout, sys.stderr = self._outer
        try:
            yield
        finally:
            sys.stdout, sys.stderr = self._inner

    def close(self):
        """What nobody asked for is handed on."""
        for stream, text in zip(self._outer, self.readouterr()):
            if text:
                stream.write(text)
        sys.stdout, sys.stderr = self._outer


def capture(request):
    for name in ('capsys', 'capfd'):
        if name != request.fixturename and name in request.actives:
            request.raiseerror('cannot use {} and {} at the same time'.format(request.fixturename, name))
    fixture = CaptureFixture()
    fixture.start()
    request.addfinalizer(fixture.close)
    return fixture
