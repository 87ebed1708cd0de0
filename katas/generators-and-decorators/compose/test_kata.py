from user_kata import compose, fix


def test_the_first_step_comes_first():
    assert compose(lambda x: x + 1, lambda x: x * 10)(2) == 30
    assert compose(lambda x: x * 10, lambda x: x + 1)(2) == 21


def test_steps_may_change_the_type():
    assert compose(str.split, len)("to be or not") == 4
    assert compose(str.strip, str.upper, list)(" ab ") == ["A", "B"]


def test_without_steps_everything_stays():
    thing = object()
    assert compose()(thing) is thing


def test_one_step_is_that_step():
    assert compose(abs)(-3) == 3


def test_a_composition_can_be_used_again_and_be_a_step_itself():
    twice = compose(lambda x: x * 2)
    assert [twice(1), twice(5)] == [2, 10]
    assert compose(twice, twice, str)(3) == "12"


def test_nothing_is_called_before_a_value_comes():
    calls = []
    through = compose(calls.append)
    assert calls == []
    assert through("x") is None
    assert calls == ["x"]


def test_arguments_are_fixed_from_the_left():
    assert fix(pow, 2)(10) == 1024
    assert fix("{}-{}-{}".format, "a", "b")("c") == "a-b-c"


def test_keywords_can_be_fixed_and_given_anew():
    parse = fix(int, base=2)
    assert parse("101") == 5
    assert parse("101", base=10) == 101
    assert parse("11") == 3


def test_keywords_and_places_mix():
    def show(*args, **keywords):
        return args, keywords

    assert fix(show, 1, a=2)(3, b=4) == ((1, 3), {"a": 2, "b": 4})
    assert fix(show)() == ((), {})


def test_calls_do_not_remember_each_other():
    def show(*args, **keywords):
        return args, keywords

    fixed = fix(show, "x", k=1)
    assert fixed(1, j=2) == (("x", 1), {"k": 1, "j": 2})
    assert fixed() == (("x",), {"k": 1})


def test_functions_made_in_a_loop_keep_their_own_values():
    adders = [fix(lambda a, b: a + b, n) for n in range(3)]
    assert [adder(10) for adder in adders] == [10, 11, 12]
