"""pytest, as tests import it: the parts of it that a test file uses; the larger ones come when they are first asked for."""
from _pytest.definitions import fixture
from _pytest.marks import mark, Mark, MarkDecorator, MarkGenerator
from _pytest.outcomes import exit, fail, importorskip, skip, xfail

__version__ = '9.0.3'
version_tuple = (9, 0, 3)

_LATER = {
    'approx': 'approx',
    'CaptureFixture': 'capture',
    'Class': 'nodes',
    'Config': 'config',
    'deprecated_call': 'recwarn',
    'ExceptionInfo': 'excinfo',
    'FixtureDef': 'fixtures',
    'FixtureLookupError': 'fixtures',
    'FixtureRequest': 'fixtures',
    'HIDDEN_PARAM': 'param',
    'LogCaptureFixture': 'logging',
    'Item': 'items',
    'Metafunc': 'parametrize',
    'Module': 'nodes',
    'MonkeyPatch': 'monkeypatch',
    'param': 'param',
    'PytestWarning': 'recwarn',
    'PytestDeprecationWarning': 'recwarn',
    'raises': 'raises',
    'RaisesExc': 'raises',
    'RaisesGroup': 'raises_group',
    'Session': 'nodes',
    'TempPathFactory': 'tmp_path',
    'WarningsRecorder': 'recwarn',
    'warns': 'recwarn',
}


def __getattr__(name):
    where = _LATER.get(name)
    if where is None:
        raise AttributeError('module {!r} has no attribute {!r}'.format(__name__, name))
    return getattr(__import__('_pytest.' + where, fromlist=['']), name)


def __dir__():
    return sorted([*(name for name in globals() if not name.startswith('_')), *_LATER])


def main(*args, **kwargs):
    """Tests run by themselves here, so there is nothing to do."""
    return 0


def register_assert_rewrite(*names):
    """All of the tests' own files are rewritten already."""
