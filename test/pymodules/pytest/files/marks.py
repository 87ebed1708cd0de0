import sys

import pytest


@pytest.mark.skip
def test_skip():
    assert False


@pytest.mark.skip("positional")
def test_skip_positional():
    assert False


@pytest.mark.skip(reason="named")
def test_skip_named():
    assert False


@pytest.mark.skipif(True, reason="true")
def test_skipif():
    assert False


@pytest.mark.skipif(False, reason="false")
def test_skipif_not():
    pass


@pytest.mark.skipif("sys.version_info >= (3, 0)")
def test_skipif_text():
    assert False


@pytest.mark.skipif("1 + 1 == 3", reason="sums")
def test_skipif_text_not():
    pass


@pytest.mark.skipif(True)
def test_skipif_no_reason():
    pass


@pytest.mark.skipif("nonsense here")
def test_skipif_syntax():
    pass


@pytest.mark.skipif("undefined_name")
def test_skipif_name():
    pass


@pytest.mark.skipif(condition=1 > 0, reason="keyword")
def test_skipif_keyword():
    pass


@pytest.mark.skipif(False, True, reason="two")
def test_skipif_two():
    pass


@pytest.mark.skipif(False, reason="not this")
@pytest.mark.skipif(True, reason="but this")
def test_skipif_stacked():
    pass


@pytest.mark.xfail
def test_xfail():
    assert False


@pytest.mark.xfail
def test_xfail_passes():
    pass


@pytest.mark.xfail(reason="known")
def test_xfail_reason():
    assert 1 == 2


@pytest.mark.xfail(strict=True, reason="known")
def test_xfail_strict():
    pass


@pytest.mark.xfail(strict=True)
def test_xfail_strict_fails():
    assert False


@pytest.mark.xfail(raises=ValueError)
def test_xfail_raises():
    raise ValueError("x")


@pytest.mark.xfail(raises=ValueError)
def test_xfail_raises_other():
    raise TypeError("x")


@pytest.mark.xfail(raises=(ValueError, TypeError), reason="either")
def test_xfail_raises_tuple():
    raise TypeError("x")


@pytest.mark.xfail(run=False, reason="never")
def test_xfail_not_run():
    sys.exit(1)


@pytest.mark.xfail(False, reason="not now")
def test_xfail_condition_false():
    pass


@pytest.mark.xfail(True, reason="now")
def test_xfail_condition_true():
    assert False


@pytest.mark.xfail("sys.version_info < (3, 0)", reason="old")
def test_xfail_condition_text():
    pass


@pytest.fixture
def bad():
    raise RuntimeError("setup")


@pytest.mark.xfail(reason="setup")
def test_xfail_setup(bad):
    pass


@pytest.mark.xfail(reason="known")
def test_xfail_skips():
    pytest.skip("instead")


@pytest.mark.xfail(reason="known")
def test_xfail_fail():
    pytest.fail("as expected")


@pytest.mark.anything
@pytest.mark.slow(1, a=2)
def test_unknown(request):
    marker = request.node.get_closest_marker("slow")
    assert marker.args == (1,)
    assert marker.kwargs == {"a": 2}
    assert request.node.get_closest_marker("none") is None


@pytest.mark.timeout(10)
def test_timeout():
    pass


@pytest.mark.skip(reason="whole class")
class TestSkipped:
    def test_a(self):
        assert False

    def test_b(self):
        assert False


@pytest.mark.xfail(reason="whole class")
class TestExpected:
    def test_a(self):
        assert False

    def test_b(self):
        pass


def test_dynamic(request):
    request.node.add_marker(pytest.mark.xfail(reason="just now"))
    assert False


@pytest.fixture
def mark_it(request):
    request.applymarker(pytest.mark.xfail(reason="by fixture"))


def test_applied(mark_it):
    assert False


def test_dynamic_passes(request):
    request.node.add_marker("xfail")


many = pytest.mark.parametrize("x", [1, 2])


@many
def test_stored(x):
    pass


both = pytest.mark.slow, pytest.mark.skip(reason="stored")


@both[1]
def test_stored_skip():
    pass
