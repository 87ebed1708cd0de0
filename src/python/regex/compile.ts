/** A pattern's tree to its program. */
import { spend } from "../budget.ts";
import type { CharSet } from "./charset.ts";
import { charSetOf } from "./charset.ts";
import { PatternError } from "./error.ts";
import {
  areDisjoint,
  BEYOND,
  Firsts,
  type FirstTable,
  type Follow,
  literalPrefix,
  union,
} from "./first.ts";
import { combineFlags, DOTALL, IGNORECASE, LOCALE, MULTILINE, TEMPLATE, UNICODE } from "./flags.ts";
import * as op from "./opcodes.ts";
import type { ParsedPattern } from "./parser.ts";
import { nested, type Node, type Sequence } from "./tree.ts";

/** What the matcher runs. */
export interface Program {
  readonly code: Int32Array;
  readonly sets: readonly CharSet[];
  /** Of the sets, in their order. */
  readonly latins: readonly Uint8Array[];
  readonly tables: readonly FirstTable[];
  readonly groups: number;
  /** Two marks for each group, then what loops and assertions need. */
  readonly registers: Int32Array;
  readonly minWidth: number;
  /** Every match begins with these code points. */
  readonly prefix: readonly number[];
  /** The prefix as a string, or nothing where no string without surrogates has it. */
  readonly prefixText: string | undefined;
  /** The prefix is all there is to match, and there are no groups. */
  readonly isLiteral: boolean;
  /** Every match begins with one of these. */
  readonly first: FirstTable | undefined;
  /**
   * The unit and operand of a run that every match begins with and that gives
   * nothing back: where one start in it fails, all do. -1 for none.
   */
  readonly head: readonly [unit: number, operand: number];
  /** Matches only at the subject's start. */
  readonly isAnchored: boolean;
}

type Unit = Extract<Node, { kind: "literal" | "not" | "any" | "set" }>;

class Compiler {
  readonly code: number[] = [];
  readonly sets: CharSet[] = [];
  readonly tables: FirstTable[] = [];
  readonly firsts: Firsts = new Firsts();
  registers: number;
  /** Whether what a group matched tells what matches. */
  #refers = false;
  readonly #words: Map<boolean, number> = new Map();

  constructor(groups: number) {
    this.registers = groups * 2;
  }

  #emit(...words: number[]): number {
    const at = this.code.length;
    for (const word of words) this.code.push(word);
    return at;
  }

  /** Makes an operand point to what is emitted next. */
  #land(operand: number): void {
    this.code[operand] = this.code.length;
  }

  #take(count: number): number {
    const register = this.registers;
    this.registers += count;
    return register;
  }

  #table(table: FirstTable | undefined): number {
    return table === undefined ? -1 : this.tables.push(table) - 1;
  }

  sequence({ nodes }: Sequence, flags: number, follow: Follow | undefined): void {
    nested(() => {
      for (let at = 0; at < nodes.length; at++) {
        const run = this.#literals(nodes, at, flags);
        if (run > 1) {
          const codes = nodes.slice(at, at + run).map((node) => (node as { code: number }).code);
          this.#emit(op.CHARS, run, ...codes);
          at += run - 1;
          continue;
        }
        const after: Follow = () => this.firsts.of(nodes, at + 1, flags, follow);
        this.#node(nodes[at]!, flags, after);
      }
    });
  }

  /** How many exact characters follow each other; at most so many that one instruction holds them. */
  #literals(nodes: readonly Node[], from: number, flags: number): number {
    if ((flags & IGNORECASE) !== 0) return 0;
    let at = from;
    while (at < nodes.length && at - from < 1000 && nodes[at]!.kind === "literal") at++;
    return at - from;
  }

  #node(node: Node, flags: number, follow: Follow): void {
    switch (node.kind) {
      case "literal":
      case "not":
      case "any":
      case "set": {
        const [unit, operand] = this.#unit(node, flags);
        if (unit === op.UNIT_CHAR) this.#emit(op.CHAR, operand);
        else if (unit === op.UNIT_SET) this.#emit(op.SET, operand);
        else this.#emit(unit === op.UNIT_ANY ? op.ANY : op.NOT_NEWLINE);
        return;
      }
      case "at":
        this.#anchor(node.anchor, flags);
        return;
      case "branch":
        this.#branch(node.branches, flags, follow);
        return;
      case "group": {
        const inner = combineFlags(flags, node.added, node.removed);
        const register = (node.group - 1) * 2;
        if (node.group > 0) this.#emit(op.MARK, register);
        this.sequence(node.body, inner, follow);
        if (node.group > 0) this.#emit(op.MARK_END, register + 1, node.group);
        return;
      }
      case "atomic": {
        const register = this.#take(1);
        this.#emit(op.ATOMIC, register);
        this.sequence(node.body, flags, undefined);
        this.#emit(op.ATOMIC_END, register);
        return;
      }
      case "repeat":
        this.#repeat(node, flags, follow);
        return;
      case "look":
        this.#refers ||= node.behind;
        this.#look(node, flags);
        return;
      case "reference": {
        this.#refers = true;
        const folded = (flags & UNICODE) !== 0 ? op.FOLD_UNICODE : op.FOLD_ASCII;
        const how = (flags & IGNORECASE) === 0 ? op.EXACT : folded;
        this.#emit(op.REFERENCE, (node.group - 1) * 2, how);
        return;
      }
      case "conditional": {
        const otherwise = this.#emit(op.CONDITION, (node.group - 1) * 2, 0) + 2;
        this.sequence(node.yes, flags, follow);
        if (node.no === undefined) {
          this.#land(otherwise);
          return;
        }
        const end = this.#emit(op.JUMP, 0) + 1;
        this.#land(otherwise);
        this.sequence(node.no, flags, follow);
        this.#land(end);
        return;
      }
    }
  }

  #unit(node: Unit, flags: number): [number, number] {
    if (node.kind === "any") {
      return [(flags & DOTALL) === 0 ? op.UNIT_NOT_NEWLINE : op.UNIT_ANY, 0];
    }
    if (node.kind !== "set" && (flags & IGNORECASE) === 0) {
      if (node.kind === "literal") return [op.UNIT_CHAR, node.code];
    }
    return [op.UNIT_SET, this.sets.push(this.firsts.setOf(node, flags)) - 1];
  }

  #anchor(anchor: Extract<Node, { kind: "at" }>["anchor"], flags: number): void {
    const lines = (flags & MULTILINE) !== 0;
    if (anchor === "A") this.#emit(op.AT_START);
    else if (anchor === "^") this.#emit(lines ? op.AT_LINE_START : op.AT_START);
    else if (anchor === "Z") this.#emit(op.AT_LAST);
    else if (anchor === "$") this.#emit(lines ? op.AT_LINE_END : op.AT_END);
    else this.#emit(op.AT_WORD, this.#wordSet((flags & UNICODE) !== 0), anchor === "b" ? 1 : 0);
  }

  #wordSet(unicode: boolean): number {
    let index = this.#words.get(unicode);
    if (index === undefined) {
      const items = [{ kind: "category", category: "w" }] as const;
      const set = charSetOf({ kind: "set", negate: false, items }, unicode ? UNICODE : 0);
      index = this.sets.push(set) - 1;
      this.#words.set(unicode, index);
    }
    return index;
  }

  #branch(branches: readonly Sequence[], flags: number, follow: Follow): void {
    spend(branches.length * 16);
    const tables = branches.map(({ nodes }) => this.firsts.of(nodes, 0, flags, follow));
    /** First characters of all the alternatives after each one. */
    const rests: (FirstTable | undefined)[] = [];
    let rest: FirstTable | undefined = new Uint8Array(BEYOND + 1);
    for (let at = branches.length - 1; at >= 0; at--) {
      rests[at] = rest;
      const table = tables[at];
      rest = rest === undefined || table === undefined ? undefined : union(rest.slice(), table);
    }
    const ends: number[] = [];
    for (const [at, branch] of branches.entries()) {
      const table = tables[at];
      let next: number | undefined;
      if (at < branches.length - 1) {
        next =
          table === undefined
            ? this.#emit(op.SPLIT, 0) + 1
            : this.#emit(op.CHOOSE, this.#table(table), this.#table(rests[at]), 0) + 3;
      }
      this.sequence(branch, flags, follow);
      if (next === undefined) continue;
      ends.push(this.#emit(op.JUMP, 0) + 1);
      this.#land(next);
    }
    for (const end of ends) this.#land(end);
  }

  #repeat(node: Extract<Node, { kind: "repeat" }>, flags: number, follow: Follow): void {
    if ((flags & TEMPLATE) !== 0) {
      const name = { greedy: "MAX", lazy: "MIN", possessive: "POSSESSIVE" }[node.mode];
      throw new PatternError(`internal: unsupported template operator ${name}_REPEAT`);
    }
    const min = Math.min(node.min, op.UNBOUNDED);
    const max = Math.min(node.max, op.UNBOUNDED);
    const [only] = node.body.nodes;
    if (node.body.nodes.length === 1 && only !== undefined && isUnit(only)) {
      this.#run(only, node.mode, min, max, flags, follow);
      return;
    }
    const inner: Follow = () => {
      const rest = follow();
      const table = rest && this.firsts.of(node.body.nodes, 0, flags, undefined);
      return table && union(table, rest);
    };
    if (node.mode === "possessive") this.#possess(node.body, min, max, flags);
    else if (node.body.width.min > 0 && min <= 1 && max === op.UNBOUNDED) {
      this.#plainLoop(node.body, node.mode === "lazy", min, flags, follow, inner);
    } else if (min === 0 && max === 1) this.#option(node.body, node.mode === "lazy", flags, follow);
    else {
      const registers = this.#take(2);
      this.#emit(op.LOOP, registers);
      const until = this.#emit(op.JUMP, 0) + 1;
      const body = this.code.length;
      this.sequence(node.body, flags, undefined);
      this.#land(until);
      const isLazy = node.mode === "lazy";
      this.#emit(isLazy ? op.UNTIL_LEAST : op.UNTIL, registers, min, max, body);
      if (isLazy) this.#emit(op.AGAIN, registers, body);
    }
  }

  /** `?`, whatever the body may match. */
  #option(body: Sequence, lazy: boolean, flags: number, follow: Follow): void {
    const end = this.#choice(body, lazy, flags, follow);
    this.sequence(body, flags, follow);
    this.#land(end);
  }

  /** `*` and `+` of what takes at least one character need no counts. */
  #plainLoop(
    body: Sequence,
    lazy: boolean,
    min: number,
    flags: number,
    follow: Follow,
    inner: Follow,
  ): void {
    const start = this.code.length;
    if (min === 0) {
      const end = this.#choice(body, lazy, flags, follow);
      this.sequence(body, flags, inner);
      this.#emit(op.JUMP, start);
      this.#land(end);
      return;
    }
    this.sequence(body, flags, inner);
    const end = this.#choice(body, lazy, flags, follow);
    this.#emit(op.JUMP, start);
    this.#land(end);
  }

  /** Between what is emitted next and a target, whose operand it returns. */
  #choice(body: Sequence, lazy: boolean, flags: number, follow: Follow): number {
    if (lazy) return this.#emit(op.SPLIT_LATER, 0) + 1;
    const table = body.width.min > 0 ? this.firsts.of(body.nodes, 0, flags, undefined) : undefined;
    if (table === undefined) return this.#emit(op.SPLIT, 0) + 1;
    return this.#emit(op.CHOOSE, this.#table(table), this.#table(follow()), 0) + 3;
  }

  #run(
    node: Unit,
    mode: "greedy" | "lazy" | "possessive",
    min: number,
    max: number,
    flags: number,
    follow: Follow,
  ): void {
    const [unit, operand] = this.#unitOfRun(node, flags);
    if (mode === "possessive") {
      this.#emit(op.RUN_ALL, unit, operand, min, max);
      return;
    }
    const table = follow();
    if (mode === "lazy") {
      const next = this.#table(table);
      this.#emit(op.RUN_LEAST, unit, operand, min, max, next);
      this.#emit(op.RUN_ON, unit, operand, next);
      return;
    }
    const own = this.firsts.of([node], 0, flags, undefined);
    if (node.kind !== "any" && table && own && areDisjoint(own, table)) {
      this.#emit(op.RUN_ALL, unit, operand, min, max);
      return;
    }
    const next = this.#table(table);
    this.#emit(op.RUN, unit, operand, min, max, next);
    this.#emit(op.RUN_BACK, next);
  }

  #unitOfRun(node: Unit, flags: number): [number, number] {
    if (node.kind === "not" && (flags & IGNORECASE) === 0) return [op.UNIT_NOT_CHAR, node.code];
    return this.#unit(node, flags);
  }

  #possess(body: Sequence, min: number, max: number, flags: number): void {
    const registers = this.#take(3);
    this.#emit(op.POSSESS, registers);
    const next = this.#emit(op.POSSESS_NEXT, registers, min, max, 0);
    this.sequence(body, flags, undefined);
    this.#emit(op.POSSESS_END, registers, next);
    this.#land(next + 4);
  }

  #look(node: Extract<Node, { kind: "look" }>, flags: number): void {
    const { width } = node.body;
    if (node.behind && width.min !== width.max) {
      throw new PatternError("look-behind requires fixed-width pattern");
    }
    const registers = this.#take(2);
    const back = node.behind ? Math.min(width.min, op.UNBOUNDED) : 0;
    if (!node.negate) {
      this.#emit(op.LOOK, registers, back);
      this.sequence(node.body, flags, undefined);
      this.#emit(op.LOOK_END, registers);
      return;
    }
    const next = this.#emit(op.LOOK_NOT, registers, back, 0) + 3;
    this.sequence(node.body, flags, undefined);
    this.#emit(op.LOOK_NOT_END, registers);
    this.#land(next);
  }

  /** The run at the pattern's start; none where what follows may look back at where it began. */
  #head(): readonly [number, number] {
    const { code } = this;
    let pc = 0;
    while (code[pc] === op.MARK) pc += 2;
    const isRun = code[pc] === op.RUN_ALL && code[pc + 3]! <= 1 && code[pc + 4] === op.UNBOUNDED;
    return isRun && !this.#refers ? [code[pc + 1]!, code[pc + 2]!] : [-1, 0];
  }

  finish(parsed: ParsedPattern): Program {
    this.#emit(op.DONE);
    const { flags, body, groups } = parsed;
    const prefix = (flags & LOCALE) === 0 ? literalPrefix(body.nodes, flags) : undefined;
    const [head] = body.nodes;
    const codes = prefix?.codes ?? [];
    const isText = codes.every((code) => code < 0xd800 || (code > 0xdfff && code < 0x10000));
    return {
      code: Int32Array.from(this.code),
      sets: this.sets,
      latins: this.sets.map(({ latin }) => latin),
      tables: this.tables,
      groups,
      registers: new Int32Array(this.registers),
      minWidth: body.width.min,
      prefix: codes,
      prefixText: isText ? codes.map((code) => String.fromCharCode(code)).join("") : undefined,
      isLiteral: prefix?.whole === true && groups === 0 && codes.length > 0,
      first: this.firsts.of(body.nodes, 0, flags, undefined),
      head: this.#head(),
      isAnchored:
        head?.kind === "at" &&
        (head.anchor === "A" || (head.anchor === "^" && (flags & MULTILINE) === 0)),
    };
  }
}

function isUnit(node: Node): node is Unit {
  return (
    node.kind === "literal" || node.kind === "not" || node.kind === "any" || node.kind === "set"
  );
}

/** Compiles a tree; throws a `PatternError` for what the parser cannot know. */
export function compileProgram(parsed: ParsedPattern): Program {
  const compiler = new Compiler(parsed.groups);
  compiler.sequence(parsed.body, parsed.flags, undefined);
  const program = compiler.finish(parsed);
  spend(program.code.length);
  return program;
}
