"""The parser: from the words of a command line to a namespace."""

import re as _re
import sys as _sys

from ._actions import (
    _UNRECOGNIZED_ARGS_ATTR,
    ONE_OR_MORE,
    OPTIONAL,
    PARSER,
    REMAINDER,
    SUPPRESS,
    ZERO_OR_MORE,
    ArgumentError,
    ArgumentTypeError,
    Namespace,
    _AttributeHolder,
    _get_action_name,
)
from ._container import _ActionsContainer
from ._help import HelpFormatter


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    def __init__(
        self,
        prog=None,
        usage=None,
        description=None,
        epilog=None,
        parents=[],
        formatter_class=HelpFormatter,
        prefix_chars="-",
        fromfile_prefix_chars=None,
        argument_default=None,
        conflict_handler="error",
        add_help=True,
        allow_abbrev=True,
        exit_on_error=True,
    ):
        _ActionsContainer.__init__(
            self, description, prefix_chars, argument_default, conflict_handler
        )
        if prog is None:
            prog = _sys.argv[0].rpartition("/")[2]
        self.prog = prog
        self.usage = usage
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.fromfile_prefix_chars = fromfile_prefix_chars
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self._positionals = self.add_argument_group("positional arguments")
        self._optionals = self.add_argument_group("options")
        self._subparsers = None
        if add_help:
            mark = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(
                mark + "h",
                mark * 2 + "help",
                action="help",
                default=SUPPRESS,
                help="show this help message and exit",
            )
        for parent in parents:
            self._add_container_actions(parent)
            self._defaults.update(parent._defaults)

    def _get_kwargs(self):
        names = ("prog", "usage", "description", "formatter_class", "conflict_handler", "add_help")
        return [(name, getattr(self, name)) for name in names]

    def add_subparsers(self, **kwargs):
        if self._subparsers is not None:
            self.error("cannot have multiple subparser arguments")
        kwargs.setdefault("parser_class", type(self))
        if "title" in kwargs or "description" in kwargs:
            title = kwargs.pop("title", "subcommands")
            self._subparsers = self.add_argument_group(title, kwargs.pop("description", None))
        else:
            self._subparsers = self._positionals
        if kwargs.get("prog") is None:
            formatter = self._get_formatter()
            formatter.add_usage(
                self.usage, self._get_positional_actions(), self._mutually_exclusive_groups, ""
            )
            kwargs["prog"] = formatter.format_help().strip()
        action = self._pop_action_class(kwargs, "parsers")(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def _get_optional_actions(self):
        return [action for action in self._actions if action.option_strings]

    def _get_positional_actions(self):
        return [action for action in self._actions if not action.option_strings]

    def parse_args(self, args=None, namespace=None):
        args, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error("unrecognized arguments: %s" % " ".join(rest))
        return args

    def parse_known_args(self, args=None, namespace=None):
        args = _sys.argv[1:] if args is None else list(args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if action.dest is not SUPPRESS and action.default is not SUPPRESS:
                if not hasattr(namespace, action.dest):
                    setattr(namespace, action.dest, action.default)
        for dest in self._defaults:
            if not hasattr(namespace, dest):
                setattr(namespace, dest, self._defaults[dest])
        if self.exit_on_error:
            try:
                namespace, args = self._parse_known_args(args, namespace)
            except ArgumentError as error:
                self.error(str(error))
        else:
            namespace, args = self._parse_known_args(args, namespace)
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            args.extend(getattr(namespace, _UNRECOGNIZED_ARGS_ATTR))
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, args

    def _parse_known_args(self, words, namespace):
        if self.fromfile_prefix_chars is not None:
            words = self._read_args_from_files(words)
        return _Parse(self, words, namespace).whole()

    def _read_args_from_files(self, words):
        read = []
        for word in words:
            if not word or word[0] not in self.fromfile_prefix_chars:
                read.append(word)
                continue
            try:
                with open(word[1:]) as file:
                    own = []
                    for line in file.read().splitlines():
                        own.extend(self.convert_arg_line_to_args(line))
                read.extend(self._read_args_from_files(own))
            except OSError as error:
                self.error(str(error))
        return read

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def _match_argument(self, action, pattern):
        match = _re.match(self._get_nargs_pattern(action), pattern)
        if match is not None:
            return len(match.group(1))
        said = {
            None: "expected one argument",
            OPTIONAL: "expected at most one argument",
            ONE_OR_MORE: "expected at least one argument",
        }.get(action.nargs)
        if said is None:
            said = "expected %s argument%s" % (action.nargs, "" if action.nargs == 1 else "s")
        raise ArgumentError(action, said)

    def _match_arguments_partial(self, actions, pattern):
        """How many words each of the first actions takes: of as many actions as fit."""
        for count in range(len(actions), 0, -1):
            joined = "".join([self._get_nargs_pattern(action) for action in actions[:count]])
            match = _re.match(joined, pattern)
            if match is not None:
                return [len(group) for group in match.groups()]
        return []

    def _get_nargs_pattern(self, action):
        nargs = action.nargs
        patterns = {
            None: "(-*A-*)",
            OPTIONAL: "(-*A?-*)",
            ZERO_OR_MORE: "(-*[A-]*)",
            ONE_OR_MORE: "(-*A[A-]*)",
            REMAINDER: "([-AO]*)",
            PARSER: "(-*A[-AO]*)",
            SUPPRESS: "(-*-*)",
        }
        pattern = patterns.get(nargs) or "(-*%s-*)" % "-*".join("A" * nargs)
        if action.option_strings:
            pattern = pattern.replace("-*", "").replace("-", "")
        return pattern

    def _parse_optional(self, word):
        """None for a positional, else (action or None, option, value behind an equals sign)."""
        if not word or word[0] not in self.prefix_chars:
            return None
        if word in self._option_string_actions:
            return self._option_string_actions[word], word, None
        if len(word) == 1:
            return None
        if "=" in word:
            option, _, value = word.partition("=")
            if option in self._option_string_actions:
                return self._option_string_actions[option], option, value
        found = self._get_option_tuples(word)
        if len(found) > 1:
            options = ", ".join([option for _, option, _ in found])
            self.error("ambiguous option: %s could match %s" % (word, options))
        if found:
            return found[0]
        if self._negative_number_matcher.match(word) and not self._has_negative_number_optionals:
            return None
        if " " in word:
            return None
        return None, word, None

    def _get_option_tuples(self, word):
        chars = self.prefix_chars
        options = self._option_string_actions
        if word[0] in chars and word[1] in chars:
            if not self.allow_abbrev:
                return []
            prefix, equals, value = word.partition("=")
            return [
                (options[option], option, value if equals else None)
                for option in options
                if option.startswith(prefix)
            ]
        found = []
        for option in options:
            if option == word[:2]:
                found.append((options[option], option, word[2:]))
            elif option.startswith(word):
                found.append((options[option], option, None))
        return found

    def _get_values(self, action, words):
        if action.nargs not in (PARSER, REMAINDER) and "--" in words:
            words.remove("--")
        nargs = action.nargs
        if not words and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = self._get_value(action, value)
                self._check_value(action, value)
        elif not words and nargs == ZERO_OR_MORE and not action.option_strings:
            if action.default is None:
                value = words
            else:
                value = action.default
                self._check_value(action, value)
        elif len(words) == 1 and nargs in (None, OPTIONAL):
            value = self._get_value(action, words[0])
            self._check_value(action, value)
        elif nargs == REMAINDER:
            value = [self._get_value(action, word) for word in words]
        elif nargs == PARSER:
            value = [self._get_value(action, word) for word in words]
            self._check_value(action, value[0])
        elif nargs == SUPPRESS:
            value = SUPPRESS
        else:
            value = [self._get_value(action, word) for word in words]
            for one in value:
                self._check_value(action, one)
        return value

    def _get_value(self, action, word):
        convert = self._registry_get("type", action.type, action.type)
        if not callable(convert):
            raise ArgumentError(action, "%r is not callable" % (convert,))
        try:
            return convert(word)
        except ArgumentTypeError as error:
            raise ArgumentError(action, str(error))
        except (TypeError, ValueError):
            name = getattr(action.type, "__name__", repr(action.type))
            raise ArgumentError(action, "invalid %s value: %r" % (name, word))

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            choices = ", ".join([repr(choice) for choice in action.choices])
            raise ArgumentError(action, "invalid choice: %r (choose from %s)" % (value, choices))

    def parse_intermixed_args(self, args=None, namespace=None):
        args, rest = self.parse_known_intermixed_args(args, namespace)
        if rest:
            self.error("unrecognized arguments: %s" % " ".join(rest))
        return args

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """Positionals may stand between options: they are read when the options are."""
        positionals = self._get_positional_actions()
        odd = [action.dest for action in positionals if action.nargs in (PARSER, REMAINDER)]
        if odd:
            raise TypeError(
                "parse_intermixed_args: positional arg with nargs=%s"
                % [action for action in positionals if action.dest == odd[0]][0].nargs
            )
        kept = [(action, action.nargs, action.default) for action in positionals]
        usage = self.usage
        try:
            # Errors tell how it is really called.
            if usage is None:
                self.usage = self.format_usage()[len("usage: ") :]
            for action in positionals:
                action.nargs = SUPPRESS
                action.default = SUPPRESS
            namespace, rest = self.parse_known_args(args, namespace)
            for action in positionals:
                if getattr(namespace, action.dest, None) == []:
                    delattr(namespace, action.dest)
        finally:
            self.usage = usage
            for action, nargs, default in kept:
                action.nargs, action.default = nargs, default
        optionals = self._get_optional_actions()
        required = [(action, action.required) for action in optionals]
        groups = [(group, group.required) for group in self._mutually_exclusive_groups]
        try:
            for one, _ in required + groups:
                one.required = False
            return self.parse_known_args(rest, namespace)
        finally:
            for one, was in required + groups:
                one.required = was

    def format_usage(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), _sys.stdout if file is None else file)

    def print_help(self, file=None):
        self._print_message(self.format_help(), _sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            (file or _sys.stderr).write(message)

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        self.print_usage(_sys.stderr)
        self.exit(2, "%s: error: %s\n" % (self.prog, message))


class _Parse:
    """One command line. Each word is A, an argument, or O, an option; `--` is a dash, and all after it are A."""

    def __init__(self, parser, words, namespace):
        self.parser = parser
        self.words = words
        self.namespace = namespace
        self.positionals = parser._get_positional_actions()
        self.extras = []
        self.seen = set()
        self.seen_given = set()
        self.options = {}
        letters = []
        rest = iter(words)
        for at, word in enumerate(rest):
            if word == "--":
                letters.append("-")
                letters += ["A" for _ in rest]
                break
            option = parser._parse_optional(word)
            if option is None:
                letters.append("A")
            else:
                self.options[at] = option
                letters.append("O")
        self.pattern = "".join(letters)
        self.conflicts = {}
        for group in parser._mutually_exclusive_groups:
            for action in group._group_actions:
                others = [other for other in group._group_actions if other is not action]
                self.conflicts.setdefault(action, []).extend(others)

    def whole(self):
        last = max(self.options, default=-1)
        at = 0
        while at <= last:
            following = min([place for place in self.options if place >= at])
            if at != following:
                end = self.take_positionals(at)
                if end > at:
                    at = end
                    continue
            if at not in self.options:
                self.extras.extend(self.words[at:following])
                at = following
            at = self.take_option(at)
        stop = self.take_positionals(at)
        self.extras.extend(self.words[stop:])
        self.check_required()
        return self.namespace, self.extras

    def take(self, action, words, option=None):
        self.seen.add(action)
        value = self.parser._get_values(action, words)
        if value is not action.default:
            self.seen_given.add(action)
            for other in self.conflicts.get(action, ()):
                if other in self.seen_given:
                    name = _get_action_name(other)
                    raise ArgumentError(action, "not allowed with argument %s" % name)
        if value is not SUPPRESS:
            action(self.parser, self.namespace, value, option)

    def take_option(self, start):
        parser = self.parser
        action, option, value = self.options[start]
        taken = []
        while True:
            if action is None:
                self.extras.append(self.words[start])
                return start + 1
            if value is None:
                begin = start + 1
                count = parser._match_argument(action, self.pattern[begin:])
                stop = begin + count
                taken.append((action, self.words[begin:stop], option))
                break
            count = parser._match_argument(action, "A")
            if count == 0 and option[1] not in parser.prefix_chars and value != "":
                # Letters behind one dash: the first takes nothing, so the next is an option too.
                taken.append((action, [], option))
                option = option[0] + value[0]
                rest = value[1:] or None
                if option not in parser._option_string_actions:
                    raise ArgumentError(action, "ignored explicit argument %r" % value)
                action = parser._option_string_actions[option]
                value = rest
            elif count == 1:
                stop = start + 1
                taken.append((action, [value], option))
                break
            else:
                raise ArgumentError(action, "ignored explicit argument %r" % value)
        for action, words, option in taken:
            self.take(action, words, option)
        return stop

    def take_positionals(self, start):
        counts = self.parser._match_arguments_partial(self.positionals, self.pattern[start:])
        for action, count in zip(self.positionals, counts):
            words = self.words[start : start + count]
            start += count
            self.take(action, words)
        self.positionals = self.positionals[len(counts) :]
        return start

    def check_required(self):
        parser, namespace = self.parser, self.namespace
        missing = []
        for action in parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif (
                action.default is not None
                and isinstance(action.default, str)
                and hasattr(namespace, action.dest)
                and action.default is getattr(namespace, action.dest)
            ):
                # A default in words is read as an argument would be.
                setattr(namespace, action.dest, parser._get_value(action, action.default))
        if missing:
            names = ", ".join([str(name) for name in missing])
            parser.error("the following arguments are required: %s" % names)
        for group in parser._mutually_exclusive_groups:
            if group.required and not any([one in self.seen_given for one in group._group_actions]):
                names = [
                    str(_get_action_name(action))
                    for action in group._group_actions
                    if action.help is not SUPPRESS
                ]
                parser.error("one of the arguments %s is required" % " ".join(names))
