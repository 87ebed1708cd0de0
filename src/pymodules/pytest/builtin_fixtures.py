"""The fixtures that every test sees; each is made of its module when it is first asked for."""


def _fixture(module, function, scope='function', needs=('request',)):
    def make(argname):
        def call(**kwargs):
            return getattr(__import__('_pytest.' + module, fromlist=['']), function)(**kwargs)

        from _pytest.fixtures import FixtureDef
        return FixtureDef(None, argname, call, scope, names=needs)

    return make


BUILT_IN = {
    'caplog': _fixture('logging', 'caplog'),
    'capfd': _fixture('capture', 'capture'),
    'capsys': _fixture('capture', 'capture'),
    'monkeypatch': _fixture('monkeypatch', 'monkeypatch'),
    'pytestconfig': _fixture('builtin_fixtures', 'pytestconfig', 'session'),
    'record_property': _fixture('builtin_fixtures', 'record_property'),
    'recwarn': _fixture('recwarn', 'recwarn'),
    'tmp_path': _fixture('tmp_path', 'tmp_path', needs=('request', 'tmp_path_factory')),
    'tmp_path_factory': _fixture('tmp_path', 'tmp_path_factory', 'session'),
}


def pytestconfig(request):
    return request.config


def record_property(request):
    return lambda name, value: request.node.user_properties.append((name, value))
