class Lazy:
    """A method that becomes an attribute, computed when it is first read:

        class Text:
            @Lazy
            def words(self): ...

    After `text.words` was read once, it is an ordinary attribute of `text`: reading calls nothing,
    it can be overwritten, and after `del text.words` it is computed anew.
    """

    def __init__(self, function):
        self.function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance, owner: type):
        """The value; the descriptor itself when there is no instance."""
        if instance is None:
            return self
        value = self.function(instance)
        instance.__dict__[self.name] = value
        return value
