import logging
import os
import pathlib
import sys

import pytest


class Target:
    value = 1


def test_capsys(capsys):
    print("out")
    print("err", file=sys.stderr)
    captured = capsys.readouterr()
    assert captured.out == "out\n"
    assert captured.err == "err\n"
    assert capsys.readouterr() == ("", "")


def test_capsys_fails(capsys):
    print("one\ntwo")
    assert capsys.readouterr().out == "one\nthree\n"


def test_capsys_disabled(capsys):
    print("kept")
    with capsys.disabled():
        print("gone")
    assert capsys.readouterr().out == "kept\n"


def test_capfd(capfd):
    print("x")
    out, err = capfd.readouterr()
    assert (out, err) == ("x\n", "")


def test_both(capsys, capfd):
    pass


def test_monkeypatch(monkeypatch):
    monkeypatch.setattr(Target, "value", 2)
    monkeypatch.setitem(os.environ, "SOME_NAME", "x")
    monkeypatch.setattr("os.getcwd", lambda: "nowhere")
    assert (Target.value, os.environ["SOME_NAME"], os.getcwd()) == (2, "x", "nowhere")


def test_monkeypatch_undone():
    assert Target.value == 1
    assert "SOME_NAME" not in os.environ
    assert os.getcwd() != "nowhere"


def test_monkeypatch_missing(monkeypatch):
    monkeypatch.setattr(Target, "nothing", 2)


def test_monkeypatch_missing_allowed(monkeypatch):
    monkeypatch.setattr(Target, "nothing", 2, raising=False)
    assert Target.nothing == 2


def test_monkeypatch_delattr(monkeypatch):
    monkeypatch.delattr(Target, "value")
    assert not hasattr(Target, "value")


def test_monkeypatch_delattr_missing(monkeypatch):
    monkeypatch.delattr(Target, "nope")


def test_monkeypatch_env(monkeypatch):
    monkeypatch.setenv("A_NAME", "1")
    monkeypatch.setenv("A_NAME", "0", prepend=":")
    assert os.environ["A_NAME"] == "0:1"
    monkeypatch.delenv("A_NAME")
    monkeypatch.delenv("A_NAME", raising=False)
    assert os.getenv("A_NAME") is None


def test_monkeypatch_delenv_missing(monkeypatch):
    monkeypatch.delenv("NOT_THERE_AT_ALL")


def test_monkeypatch_items(monkeypatch):
    d = {"a": 1}
    with monkeypatch.context() as m:
        m.setitem(d, "a", 2)
        m.delitem(d, "a")
        assert d == {}
    assert d == {"a": 1}


def test_monkeypatch_path(monkeypatch):
    monkeypatch.syspath_prepend("/somewhere")
    assert sys.path[0] == "/somewhere"


def test_monkeypatch_text(monkeypatch):
    monkeypatch.setattr("os", "x")


def test_monkeypatch_no_module(monkeypatch):
    monkeypatch.setattr("no_such_module_here.x", 1)


def test_monkeypatch_no_attribute(monkeypatch):
    monkeypatch.setattr("os.path.no_such", 1)


def test_monkeypatch_input(monkeypatch):
    answers = iter(["a", "b"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(answers))
    assert input() + input("?") == "ab"


def test_monkeypatch_chdir(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    pathlib.Path("here.txt").write_text("x")
    assert (tmp_path / "here.txt").read_text() == "x"


def test_tmp_path(tmp_path):
    file = tmp_path / "a" / "b.txt"
    file.parent.mkdir()
    file.write_text("hello")
    assert file.read_text() == "hello"
    assert tmp_path.name == "test_tmp_path0"
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


@pytest.mark.parametrize("x", ["a/b"])
def test_tmp_path_name(tmp_path, x):
    assert tmp_path.name == "test_tmp_path_name_a_b_0"


def test_tmp_path_factory(tmp_path_factory):
    one, two = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("data")
    assert (one.name, two.name) == ("data0", "data1")
    assert tmp_path_factory.mktemp("x", numbered=False).name == "x"


def test_tmp_path_factory_outside(tmp_path_factory):
    tmp_path_factory.mktemp("../x")


def test_caplog(caplog):
    logging.getLogger("name").warning("be %s", "careful")
    assert caplog.record_tuples == [("name", logging.WARNING, "be careful")]
    assert caplog.messages == ["be careful"]
    caplog.clear()
    assert caplog.records == []


def test_caplog_level(caplog):
    caplog.set_level(logging.INFO)
    logging.info("seen")
    logging.debug("not seen")
    assert [one.message for one in caplog.records] == ["seen"]


def test_caplog_at_level(caplog):
    with caplog.at_level(logging.DEBUG, logger="deep"):
        logging.getLogger("deep").debug("seen")
    logging.getLogger("deep").debug("not seen")
    assert caplog.messages == ["seen"]


def test_caplog_text(caplog):
    logging.error("bad")
    assert "bad" in caplog.text
    assert "nothing" in caplog.messages


def test_request_node(request, record_property):
    record_property("key", 1)
    assert request.node.nodeid.endswith("::test_request_node")
    assert request.config.getoption("nothing", 3) == 3


def test_pytestconfig(pytestconfig):
    assert pytestconfig is not None
