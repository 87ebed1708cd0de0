LOG = []


def setup_module(module):
    LOG.append("setup_module " + module.__name__)


def teardown_module():
    LOG.append("teardown_module")


def setup_function(function):
    LOG.append("setup " + function.__name__)


def teardown_function(function):
    LOG.append("teardown " + function.__name__)


def test_a():
    assert LOG[1:] == ["setup test_a"]


def test_b():
    assert LOG[1:] == ["setup test_a", "teardown test_a", "setup test_b"]


class TestClass:
    @classmethod
    def setup_class(cls):
        cls.log = ["class"]

    @classmethod
    def teardown_class(cls):
        LOG.append(cls.log)

    def setup_method(self, method):
        self.log.append("setup " + method.__name__)

    def teardown_method(self):
        self.log.append("teardown")

    def test_a(self):
        assert self.log == ["class", "setup test_a"]

    def test_b(self):
        assert self.log == ["class", "setup test_a", "teardown", "setup test_b"]


def test_after():
    assert LOG[-2] == ["class", "setup test_a", "teardown", "setup test_b", "teardown"]


class TestBrokenSetup:
    def setup_method(self):
        raise RuntimeError("cannot begin")

    def test_a(self):
        pass


class TestBrokenTeardown:
    def teardown_method(self):
        raise RuntimeError("cannot end")

    def test_a(self):
        pass

    def test_b(self):
        assert False


class TestBrokenClass:
    @classmethod
    def setup_class(cls):
        raise RuntimeError("no class")

    def test_a(self):
        pass

    def test_b(self):
        pass


class TestBrokenClassEnd:
    @classmethod
    def teardown_class(cls):
        raise RuntimeError("no end")

    def test_a(self):
        pass

    def test_b(self):
        pass
