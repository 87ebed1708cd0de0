"""Usage and help, laid out for a width."""

import re as _re

from ._actions import ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE


def _columns():
    import shutil

    return shutil.get_terminal_size().columns


class HelpFormatter:
    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            width = _columns() - 2
        self._prog = prog
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self._width = width
        self._current_indent = 0
        self._action_max_length = 0
        # What is laid out last: pairs of a function and its arguments, or sections of such.
        self._root = self._section = (None, None, [])

    def _indent(self):
        self._current_indent += self._indent_increment

    def _dedent(self):
        self._current_indent -= self._indent_increment

    def _add_item(self, func, args):
        self._section[2].append((func, args))

    def start_section(self, heading):
        self._indent()
        section = (self._section, heading, [])
        self._add_item(self._format_section, [section])
        self._section = section

    def end_section(self):
        self._section = self._section[0]
        self._dedent()

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._add_item(self._format_text, [text])

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        shown = [action, *self._iter_indented_subactions(action)]
        longest = max([len(self._format_action_invocation(each)) for each in shown])
        self._action_max_length = max(self._action_max_length, longest + self._current_indent)
        self._add_item(self._format_action, [action])

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    def format_help(self):
        text = self._format_section(self._root)
        if text:
            text = _re.sub("\n\n\n+", "\n\n", text).strip("\n") + "\n"
        return text

    def _join_parts(self, parts):
        return "".join([part for part in parts if part and part is not SUPPRESS])

    def _format_section(self, section):
        parent, heading, items = section
        if parent is not None:
            self._indent()
        text = self._join_parts([func(*args) for func, args in items])
        if parent is not None:
            self._dedent()
        if not text:
            return ""
        if heading is not SUPPRESS and heading is not None:
            text = "%*s%s:\n" % (self._current_indent, "", heading) + text
        return "\n" + text + "\n"

    def _format_usage(self, usage, actions, groups, prefix):
        prefix = "usage: " if prefix is None else prefix
        if usage is not None:
            usage = usage % dict(prog=self._prog)
        elif not actions:
            usage = "%(prog)s" % dict(prog=self._prog)
        else:
            prog = "%(prog)s" % dict(prog=self._prog)
            optionals = [action for action in actions if action.option_strings]
            positionals = [action for action in actions if not action.option_strings]
            all_parts = self._format_actions_usage(optionals + positionals, groups)
            usage = " ".join([part for part in (prog, all_parts) if part])
            width = self._width - self._current_indent
            if len(prefix) + len(usage) > width:
                usage = self._wrapped_usage(prog, optionals, positionals, groups, prefix, width)
        return "%s%s\n\n" % (prefix, usage)

    def _wrapped_usage(self, prog, optionals, positionals, groups, prefix, width):
        pattern = r"\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+"
        options = _re.findall(pattern, self._format_actions_usage(optionals, groups))
        places = _re.findall(pattern, self._format_actions_usage(positionals, groups))

        def lines_of(parts, indent, first=None):
            lines = []
            line = []
            length = (len(indent) if first is None else len(first)) - 1
            for part in parts:
                if length + 1 + len(part) > width and line:
                    lines.append(indent + " ".join(line))
                    line = []
                    length = len(indent) - 1
                line.append(part)
                length += len(part) + 1
            if line:
                lines.append(indent + " ".join(line))
            if first is not None:
                lines[0] = lines[0][len(indent) :]
            return lines

        if len(prefix) + len(prog) <= 0.75 * width:
            indent = " " * (len(prefix) + len(prog) + 1)
            if options:
                lines = lines_of([prog, *options], indent, prefix) + lines_of(places, indent)
            elif places:
                lines = lines_of([prog, *places], indent, prefix)
            else:
                lines = [prog]
        else:
            indent = " " * len(prefix)
            lines = lines_of(options + places, indent)
            if len(lines) > 1:
                lines = lines_of(options, indent) + lines_of(places, indent)
            lines = [prog, *lines]
        return "\n".join(lines)

    def _format_actions_usage(self, actions, groups):
        grouped = set()
        # Where a group of alternatives begins: its end, and its brackets.
        spans = {}
        for group in groups:
            members = group._group_actions
            if not members or members[0] not in actions:
                continue
            start = actions.index(members[0])
            end = start + len(members)
            if actions[start:end] != members:
                continue
            shown = [action for action in members if action.help is not SUPPRESS]
            grouped.update(members)
            if shown:
                marks = "[]" if not group.required else "()" if len(shown) > 1 else ("", "")
                spans[start] = (end, marks)
        parts = []
        at = 0
        while at < len(actions):
            end, marks = spans.get(at, (at + 1, None))
            alternatives = []
            for action in actions[at:end]:
                if action.help is not SUPPRESS:
                    alternatives.append(self._usage_part(action, action in grouped))
            if alternatives:
                text = " | ".join(alternatives)
                parts.append(text if marks is None else marks[0] + text + marks[1])
            at = end
        return " ".join(parts)

    def _usage_part(self, action, is_grouped):
        if not action.option_strings:
            part = self._format_args(action, self._get_default_metavar_for_positional(action))
            if is_grouped and part[:1] == "[" and part[-1:] == "]":
                part = part[1:-1]
            return part
        if action.nargs == 0:
            part = action.format_usage()
        else:
            default = self._get_default_metavar_for_optional(action)
            part = "%s %s" % (action.option_strings[0], self._format_args(action, default))
        return part if action.required or is_grouped else "[%s]" % part

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % dict(prog=self._prog)
        width = max(self._width - self._current_indent, 11)
        return self._fill_text(text, width, " " * self._current_indent) + "\n\n"

    def _format_action(self, action):
        position = min(self._action_max_length + 2, self._max_help_position)
        width = max(self._width - position, 11)
        room = position - self._current_indent - 2
        header = self._format_action_invocation(action)
        first = 0
        if not action.help:
            header = "%*s%s\n" % (self._current_indent, "", header)
        elif len(header) <= room:
            header = "%*s%-*s  " % (self._current_indent, "", room, header)
        else:
            header = "%*s%s\n" % (self._current_indent, "", header)
            first = position
        parts = [header]
        if action.help and action.help.strip():
            text = self._expand_help(action)
            if text:
                for at, line in enumerate(self._split_lines(text, width)):
                    parts.append("%*s%s\n" % (position if at else first, "", line))
        elif not header.endswith("\n"):
            parts.append("\n")
        for subaction in self._iter_indented_subactions(action):
            parts.append(self._format_action(subaction))
        return self._join_parts(parts)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            return " ".join(self._metavar_formatter(action, default)(1))
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        args = self._format_args(action, self._get_default_metavar_for_optional(action))
        return ", ".join(["%s %s" % (option, args) for option in action.option_strings])

    def _metavar_formatter(self, action, default_metavar):
        if action.metavar is not None:
            metavar = action.metavar
        elif action.choices is not None:
            metavar = "{%s}" % ",".join([str(choice) for choice in action.choices])
        else:
            metavar = default_metavar

        def format(tuple_size):
            return metavar if isinstance(metavar, tuple) else (metavar,) * tuple_size

        return format

    def _format_args(self, action, default_metavar):
        get = self._metavar_formatter(action, default_metavar)
        nargs = action.nargs
        if nargs is None:
            return "%s" % get(1)
        if nargs == OPTIONAL:
            return "[%s]" % get(1)
        if nargs == ZERO_OR_MORE:
            metavar = get(1)
            return "[%s [%s ...]]" % metavar if len(metavar) == 2 else "[%s ...]" % metavar
        if nargs == ONE_OR_MORE:
            return "%s [%s ...]" % get(2)
        if nargs == REMAINDER:
            return "..."
        if nargs == PARSER:
            return "%s ..." % get(1)
        if nargs == SUPPRESS:
            return ""
        try:
            return " ".join(["%s"] * nargs) % get(nargs)
        except TypeError:
            raise ValueError("invalid nargs value") from None

    def _expand_help(self, action):
        params = {"prog": self._prog}
        for name, value in vars(action).items():
            if value is SUPPRESS:
                continue
            params[name] = getattr(value, "__name__", value)
        if params.get("choices") is not None:
            params["choices"] = ", ".join([str(choice) for choice in params["choices"]])
        return self._get_help_string(action) % params

    def _iter_indented_subactions(self, action):
        subactions = getattr(action, "_get_subactions", None)
        if subactions is not None:
            self._indent()
            yield from subactions()
            self._dedent()

    def _split_lines(self, text, width):
        import textwrap

        return textwrap.wrap(" ".join(text.split()), width)

    def _fill_text(self, text, width, indent):
        import textwrap

        text = " ".join(text.split())
        return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


class RawDescriptionHelpFormatter(HelpFormatter):
    def _fill_text(self, text, width, indent):
        return "".join([indent + line for line in text.splitlines(keepends=True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def _get_help_string(self, action):
        text = "" if action.help is None else action.help
        if "%(default)" not in text and action.default is not SUPPRESS:
            if action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE):
                text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    def _get_default_metavar_for_positional(self, action):
        return action.type.__name__
