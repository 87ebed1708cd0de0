/** Completion scripts for shells, written from the commands' definitions. */
import type { Completes, CommandSpec, FlagSpec, PositionalSpec } from "../commands/command.ts";
import { GLOBAL_FLAGS } from "./strict.ts";

/** Prints the ids out of `kata list --json`; quoted in the scripts as it stands. */
const IDS = `list --json 2>/dev/null | sed -n 's/^      "id": "\\(.*\\)",*$/\\1/p'`;

/** The script that teaches `shell` to complete `kata`. */
export function completions(shell: "bash" | "zsh" | "fish", specs: readonly CommandSpec[]): string {
  if (shell === "bash") return bash(specs);
  return shell === "zsh" ? zsh(specs) : fish(specs);
}

function flagsOf(spec: CommandSpec): [string, FlagSpec][] {
  return Object.entries({ ...spec.flags, ...GLOBAL_FLAGS });
}

/** What a value is completed with: words, or a kind of thing. */
function valueOf(item: FlagSpec | PositionalSpec): readonly string[] | Completes {
  const suggestions = "suggestions" in item ? item.suggestions : undefined;
  return item.choices ?? suggestions ?? item.completes ?? "none";
}

function bash(specs: readonly CommandSpec[]): string {
  const reply = (value: readonly string[] | Completes): string => {
    if (value === "file") return `COMPREPLY=($(compgen -f -- "$cur"))`;
    if (value === "dir") return `COMPREPLY=($(compgen -d -- "$cur"))`;
    if (value === "kata") return `COMPREPLY=($(compgen -W "$(_kata_ids "$1")" -- "$cur"))`;
    if (value === "none") return "COMPREPLY=()";
    return `COMPREPLY=($(compgen -W "${value.join(" ")}" -- "$cur"))`;
  };
  const values = specs.flatMap((spec) =>
    flagsOf(spec)
      .filter(([, flag]) => flag.value !== undefined)
      .map(([name, flag]) => `    "${spec.name} --${name}") ${reply(valueOf(flag))}; return ;;`),
  );
  const words = specs.map((spec) => {
    const names = flagsOf(spec).map(([name]) => `--${name}`);
    return `      ${spec.name}) words="${names.join(" ")}" ;;`;
  });
  const positionals = specs.flatMap((spec) =>
    spec.positionals.map((each, i) => {
      const place = each.repeatable === true ? `"${spec.name} "*` : `"${spec.name} ${i}"`;
      return `    ${place}) ${reply(valueOf(each))} ;;`;
    }),
  );
  const roots = [...specs.map((spec) => spec.name), "--help", "--no-color", "--version"];
  return `# bash completion for kata: source <(kata completions bash)
_kata_ids() {
  "$1" ${IDS}
}

_kata() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}"
  local command="" count=0 words="" i word
  if [ "$cur" = "=" ]; then
    cur=""
  elif [ "$prev" = "=" ]; then
    prev="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in
    -* | "=") ;;
    *)
      if [ -z "$command" ]; then command="$word"; else count=$((count + 1)); fi
      ;;
    esac
  done
  COMPREPLY=()
  if [ -z "$command" ]; then
    COMPREPLY=($(compgen -W "${roots.join(" ")}" -- "$cur"))
    return
  fi
  case "$command $prev" in
${values.join("\n")}
  esac
  case "$cur" in
  -*)
    case "$command" in
${words.join("\n")}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
    ;;
  esac
  case "$command $count" in
${positionals.join("\n")}
  esac
}

complete -o filenames -o bashdefault -F _kata kata
`;
}

function zsh(specs: readonly CommandSpec[]): string {
  const escape = (text: string) => text.replace(/[\\[\]:]/g, "\\$&").replaceAll("'", "'\\''");
  const action = (value: readonly string[] | Completes): string => {
    if (value === "file") return "_files";
    if (value === "dir") return "_files -/";
    if (value === "kata") return "_kata_ids";
    return value === "none" ? " " : `(${value.join(" ")})`;
  };
  const flag = ([name, spec]: [string, FlagSpec]): string => {
    const star = spec.repeatable === true ? "*" : "";
    const colon = spec.optional === true ? "::" : ":";
    const value =
      spec.value === undefined ? "" : `${colon}${escape(spec.value)}:${action(valueOf(spec))}`;
    const equals = spec.value === undefined ? "" : spec.optional === true ? "=-" : "=";
    return `        '${star}--${name}${equals}[${escape(spec.description)}]${value}'`;
  };
  const cases = specs.map((spec) => {
    const positionals = spec.positionals.map(
      (each, i) =>
        `        '${each.repeatable === true ? "*" : i + 1}:${escape(each.name)}:${action(valueOf(each))}'`,
    );
    const lines = [...flagsOf(spec).map(flag), ...positionals];
    return `    ${spec.name})\n      _arguments \\\n${lines.join(" \\\n")}\n      ;;`;
  });
  const commands = specs.map((spec) => `    '${spec.name}:${escape(spec.summary)}'`);
  return `#compdef kata
# zsh completion for kata: source <(kata completions zsh), after compinit
_kata_ids() {
  local -a ids
  ids=(\${(f)"$(kata ${IDS})"})
  compadd -a ids
}

_kata_commands() {
  local -a commands
  commands=(
${commands.join("\n")}
  )
  _describe 'command' commands
}

_kata() {
  local context state line
  typeset -A opt_args
  _arguments -C \\
    '--help[print help]' \\
    '--no-color[write without colours]' \\
    '--version[print the version]' \\
    '1:command:_kata_commands' \\
    '*::argument:->rest'
  [[ $state == rest ]] || return
  case $line[1] in
${cases.join("\n")}
  esac
}

if [ "$funcstack[1]" = "_kata" ]; then
  _kata "$@"
else
  compdef _kata kata
fi
`;
}

function fish(specs: readonly CommandSpec[]): string {
  const text = (words: string) => `'${words.replace(/[\\']/g, "\\$&")}'`;
  const seen = (spec: CommandSpec) => `-n '__kata_on ${spec.name}'`;
  const action = (value: readonly string[] | Completes): string => {
    if (value === "file" || value === "dir") return "-r -F";
    if (value === "kata") return "-x -a '(__kata_ids)'";
    return value === "none" ? "-x" : `-x -a ${text(value.join(" "))}`;
  };
  const lines = specs.flatMap((spec) => [
    "",
    `complete -c kata -n __kata_on -a ${spec.name} -d ${text(spec.summary)}`,
    ...flagsOf(spec).map(([name, flag]) => {
      // fish knows no value that may be left out.
      const value =
        flag.value === undefined || flag.optional === true ? "" : `${action(valueOf(flag))} `;
      return `complete -c kata ${seen(spec)} -l ${name} ${value}-d ${text(flag.description)}`;
    }),
    ...spec.positionals.flatMap((each) => {
      const value = valueOf(each);
      if (value === "none") return [];
      const words = value === "file" || value === "dir" ? "-F" : action(value).replace("-x ", "");
      return [`complete -c kata ${seen(spec)} ${words} -d ${text(each.name)}`];
    }),
  ]);
  return `# fish completion for kata: kata completions fish > ~/.config/fish/completions/kata.fish
function __kata_ids
  kata ${IDS}
end

# True when the command is the one named, or when there is none and none is named.
function __kata_on
  for word in (commandline -opc)[2..]
    string match -q -- '-*' $word; and continue
    test "$word" = "$argv[1]"
    return
  end
  test -z "$argv[1]"
end

complete -c kata -f
complete -c kata -n __kata_on -l version -d 'print the version'
complete -c kata -n __kata_on -l help -d 'print help'${lines.join("\n")}
`;
}
