"""Words as a shell reads them."""
import re as _re

__all__ = ["shlex", "split", "quote", "join"]

_UNSAFE = _re.compile(r"[^\w@%+=:,./-]", _re.ASCII)


class shlex:
    """Takes a text apart into words, quoted ones and signs."""

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        text = "" if instream is None else instream
        self._text = text if isinstance(text, str) else text.read()
        self._at = 0
        self.infile = infile
        self.posix = posix
        self.eof = None if posix else ""
        self.commenters = "#"
        self.wordchars = "abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
        if posix:
            self.wordchars += "ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ"
        self.whitespace = " \t\r\n"
        self.whitespace_split = False
        self.quotes = "'\""
        self.escape = "\\"
        self.escapedquotes = '"'
        self.lineno = 1
        self.pushback = []
        if not punctuation_chars:
            punctuation_chars = ""
        elif punctuation_chars is True:
            punctuation_chars = "();<>|&"
        self._punctuation_chars = punctuation_chars
        if punctuation_chars:
            self.wordchars += "~-./*?="
            self.wordchars = "".join(c for c in self.wordchars if c not in punctuation_chars)

    @property
    def punctuation_chars(self):
        return self._punctuation_chars

    def push_token(self, tok):
        self.pushback.insert(0, tok)

    def get_token(self):
        return self.pushback.pop(0) if self.pushback else self.read_token()

    def _read(self):
        text = self._text
        if self._at >= len(text):
            return ""
        char = text[self._at]
        self._at += 1
        if char == "\n":
            self.lineno += 1
        return char

    def _comment(self):
        while True:
            char = self._read()
            if char in ("", "\n"):
                return

    def read_token(self):
        """The next token; eof at the end."""
        token = []
        quoted = False
        state = " "
        escaped_from = " "
        while True:
            char = self._read()
            if state == " ":
                if not char:
                    return self._finish(token, quoted)
                if char in self.whitespace:
                    if token or self.posix and quoted:
                        break
                elif char in self.commenters:
                    self._comment()
                elif self.posix and char in self.escape:
                    escaped_from = "a"
                    state = char
                elif char in self.wordchars:
                    token.append(char)
                    state = "a"
                elif char in self._punctuation_chars:
                    token.append(char)
                    state = "c"
                elif char in self.quotes:
                    if not self.posix:
                        token.append(char)
                    state = char
                    quoted = self.posix
                elif self.whitespace_split:
                    token.append(char)
                    state = "a"
                else:
                    token.append(char)
                    if token or self.posix and quoted:
                        break
            elif state in self.quotes:
                quoted = True
                if not char:
                    raise ValueError("No closing quotation")
                if char == state:
                    if not self.posix:
                        token.append(char)
                        break
                    state = "a"
                elif self.posix and char in self.escape and state in self.escapedquotes:
                    escaped_from = state
                    state = char
                else:
                    token.append(char)
            elif state in self.escape:
                if not char:
                    raise ValueError("No escaped character")
                if escaped_from in self.quotes and char != state and char != escaped_from:
                    token.append(state)
                token.append(char)
                state = escaped_from
            else:
                if not char:
                    return self._finish(token, quoted)
                if char in self.whitespace:
                    if token or self.posix and quoted:
                        break
                    state = " "
                elif char in self.commenters:
                    self._comment()
                    if self.posix:
                        if token or quoted:
                            break
                        state = " "
                    elif token:
                        break
                elif state == "c":
                    if char in self._punctuation_chars:
                        token.append(char)
                    else:
                        self._back(char)
                        break
                elif self.posix and char in self.quotes:
                    state = char
                    quoted = True
                elif self.posix and char in self.escape:
                    escaped_from = "a"
                    state = char
                elif (char in self.wordchars or char in self.quotes
                      or self.whitespace_split and char not in self._punctuation_chars):
                    token.append(char)
                else:
                    self._back(char)
                    break
        return self._finish(token, quoted)

    def _back(self, char):
        self._at -= 1
        if char == "\n":
            self.lineno -= 1

    def _finish(self, token, quoted):
        if not token and not (self.posix and quoted):
            return self.eof
        return "".join(token)

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token


def split(s, comments=False, posix=True):
    """The words of a command line."""
    if s is None:
        raise ValueError("s argument must not be None")
    lexer = shlex(s, posix=posix)
    lexer.whitespace_split = True
    if not comments:
        lexer.commenters = ""
    return list(lexer)


def join(split_command):
    return " ".join(quote(word) for word in split_command)


def quote(s):
    """A word that a shell reads as this text."""
    if not s:
        return "''"
    if _UNSAFE.search(s) is None:
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"
