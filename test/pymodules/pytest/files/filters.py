import warnings

import pytest


@pytest.mark.filterwarnings("error")
def test_error():
    warnings.warn("x")


@pytest.mark.filterwarnings("error:x.*:DeprecationWarning")
def test_other_class():
    warnings.warn("x")


@pytest.mark.filterwarnings("error:a")
def test_other_message():
    warnings.warn("x")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.filterwarnings("error::UserWarning")
def test_stacked():
    warnings.warn("x")


@pytest.mark.filterwarnings("error::UserWarning", "ignore:x")
def test_several():
    warnings.warn("x")


def test_none():
    warnings.warn("x")


@pytest.mark.filterwarnings("error")
class TestClass:
    def test_in(self):
        warnings.warn("in a class", DeprecationWarning)

    @pytest.mark.filterwarnings("ignore")
    def test_own(self):
        warnings.warn("in a class")


class TestTyped:
    def test_capsys(self, capsys: pytest.CaptureFixture[str]) -> None:
        print("typed")
        assert capsys.readouterr().out == "typed\n"

    def test_names(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory):
        assert isinstance(request.node, pytest.Item)
        assert isinstance(monkeypatch, pytest.MonkeyPatch)
