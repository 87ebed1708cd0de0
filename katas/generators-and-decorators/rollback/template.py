class Rollback(Exception):
    """Raised in a block to undo everything without an error for those outside."""


class Transaction:
    """Runs steps that can be undone:

        with Transaction() as transaction:
            transaction.do(step, undo)

    When the block raises an error, the undo functions of the steps that were done run, the last
    one first; all of them, even if some fail. The error then goes on, except for `Rollback`.
    """

    def __init__(self):
        self.undos = []
        self.failures = []  # errors of undo functions, in the order in which they came

    def __enter__(self) -> "Transaction":
        # BLANK_START
        # TODO: what `as` gets.
        raise NotImplementedError
        # BLANK_END

    def do(self, step, undo):
        """Calls `step` and returns its result; from then on, `undo` would take it back.
        A step that fails was not done, and is not undone.
        """
        # BLANK_START
        # TODO: first do, then remember.
        raise NotImplementedError
        # BLANK_END

    def __exit__(self, kind, error, traceback) -> bool:
        # BLANK_START
        # TODO: undo in reverse if there was an error; is it one to swallow?
        raise NotImplementedError
        # BLANK_END
