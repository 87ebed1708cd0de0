import pytest
from user_kata import Rollback, Transaction


def noting(log, name, fails=False):
    def note():
        log.append(name)
        if fails:
            raise OSError(name)
        return name.upper()

    return note


def test_steps_are_done_and_nothing_is_undone_when_all_goes_well():
    log = []
    with Transaction() as transaction:
        transaction.do(noting(log, "a"), noting(log, "undo a"))
        transaction.do(noting(log, "b"), noting(log, "undo b"))
    assert log == ["a", "b"]


def test_a_step_returns_its_result():
    with Transaction() as transaction:
        assert transaction.do(noting([], "a"), noting([], "x")) == "A"
        assert isinstance(transaction, Transaction)


def test_an_error_undoes_the_last_step_first_and_goes_on():
    log = []
    with pytest.raises(ZeroDivisionError):
        with Transaction() as transaction:
            transaction.do(noting(log, "a"), noting(log, "undo a"))
            transaction.do(noting(log, "b"), noting(log, "undo b"))
            1 / 0
    assert log == ["a", "b", "undo b", "undo a"]


def test_a_step_that_fails_is_not_undone_itself():
    log = []
    with pytest.raises(OSError, match="b"):
        with Transaction() as transaction:
            transaction.do(noting(log, "a"), noting(log, "undo a"))
            transaction.do(noting(log, "b", fails=True), noting(log, "undo b"))
    assert log == ["a", "b", "undo a"]


def test_a_rollback_undoes_without_an_error():
    log = []
    with Transaction() as transaction:
        transaction.do(noting(log, "a"), noting(log, "undo a"))
        raise Rollback
    assert log == ["a", "undo a"]
    assert transaction.failures == []


def test_all_are_undone_even_when_undoing_fails_and_the_first_error_is_heard():
    log = []
    with pytest.raises(KeyError):
        with Transaction() as transaction:
            for name in "abc":
                undo = noting(log, f"undo {name}", fails=name != "a")
                transaction.do(noting(log, name), undo)
            raise KeyError("reason")
    assert log == ["a", "b", "c", "undo c", "undo b", "undo a"]
    assert [str(failure) for failure in transaction.failures] == ["undo c", "undo b"]


def test_accounts_have_all_or_nothing():
    accounts = {"ann": 100, "bob": 5}

    def moving(name, amount):
        def move():
            if accounts[name] + amount < 0:
                raise ValueError("not enough")
            accounts[name] += amount

        return move

    def pay(source, target, amount):
        with Transaction() as transaction:
            transaction.do(moving(target, amount), moving(target, -amount))
            transaction.do(moving(source, -amount), moving(source, amount))

    pay("ann", "bob", 30)
    assert accounts == {"ann": 70, "bob": 35}
    with pytest.raises(ValueError):
        pay("ann", "bob", 71)
    assert accounts == {"ann": 70, "bob": 35}


def test_transactions_are_independent():
    log = []
    with Transaction() as outer:
        outer.do(noting(log, "a"), noting(log, "undo a"))
        with Transaction() as inner:
            inner.do(noting(log, "b"), noting(log, "undo b"))
            raise Rollback
    assert log == ["a", "b", "undo b"]


def test_a_block_without_steps_lets_errors_through():
    with pytest.raises(ZeroDivisionError):
        with Transaction():
            1 / 0
    with Transaction() as transaction:
        raise Rollback
    assert transaction.undos == []
