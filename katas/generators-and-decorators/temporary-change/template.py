#R
#R
# BLANK_START
# TODO: which decorator of `contextlib` makes a context manager of a generator?
...
# BLANK_END
def changed(settings: dict, **values):
    """Within `with changed(settings, verbose=True):` the settings have the given values. At the
    end each of these keys has its old value again, or is gone if it was not there before, also
    when the block fails. Other keys are left alone. The `as` of the statement gets the settings.
    """
    # BLANK_START
    # TODO: remember, change, and put back whatever happens.
    raise NotImplementedError
    # BLANK_END
