/** The contract's document says what the code does, and the code what the document says. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import { POLICY_VERSION } from "../../src/events/ledger.ts";
import { ACTIONS } from "../../src/plugins/actions.ts";
import {
  CONTRACT_TEXT,
  type ContractFields,
  parseContract,
  payloadProblems,
} from "../../src/plugins/contract.ts";
import { type Node, parseTypeScript } from "../../src/syntax/typescript.ts";

const shipped = parseContract(CONTRACT_TEXT);

type Fields = Record<string, string>;

/** The interfaces and the unions of a module, as its syntax tree has them. */
function typesOf(path: string): { fields(name: string): Fields; members(union: string): string[] } {
  const parsed = parseTypeScript(readFileSync(join(import.meta.dir, "../../src", path), "utf8"));
  if ("fault" in parsed) throw new Error(parsed.fault.message);
  const { program } = parsed;
  if (program.type !== "Program") throw new Error("no program");
  const declared = program.body.flatMap((node) =>
    node.type === "ExportNamedDeclaration" && node.declaration ? [node.declaration] : [],
  );
  const interfaceOf = (name: string): Extract<Node, { type: "TSInterfaceDeclaration" }> => {
    for (const node of declared)
      if (node.type === "TSInterfaceDeclaration" && node.id.name === name) return node;
    throw new Error(`There is no interface ${name}`);
  };
  const ofMembers = (members: readonly Node[]): Fields => {
    const found: Fields = {};
    for (const node of members) {
      if (node.type !== "TSPropertySignature" || node.key.type !== "Identifier") continue;
      const type = node.typeAnnotation?.typeAnnotation;
      if (node.key.name === "event" || type === undefined) continue;
      found[node.key.name + (node.optional === true ? "?" : "")] = typeWord(type);
    }
    return found;
  };
  const aliases = new Map(
    declared.flatMap((node) =>
      node.type === "TSTypeAliasDeclaration" ? [[node.id.name, node.typeAnnotation] as const] : [],
    ),
  );
  const typeWord = (type: Node): string => {
    if (type.type === "TSUnionType") {
      const words = [...new Set(type.types.map(typeWord))];
      return [
        ...words.filter((word) => word !== "null"),
        ...words.filter((word) => word === "null"),
      ].join(" | ");
    }
    if (type.type === "TSTypeReference" && type.typeName.type === "Identifier") {
      const alias = aliases.get(type.typeName.name);
      return alias === undefined ? "object" : typeWord(alias);
    }
    if (type.type === "TSLiteralType") return "string";
    const words: Record<string, string> = {
      TSArrayType: "list",
      TSTypeLiteral: "object",
      TSNullKeyword: "null",
    };
    return words[type.type] ?? type.type.replace(/^TS(\w+)Keyword$/, "$1").toLowerCase();
  };
  return {
    fields: (name) => {
      const node = interfaceOf(name);
      const inherited = (node.extends ?? []).map((base) => {
        const named = base.expression as { name?: string };
        return ofMembers(interfaceOf(named.name ?? "").body.body);
      });
      const own = ofMembers(node.body.body);
      const payload = node.body.body.find(
        (member) =>
          member.type === "TSPropertySignature" &&
          member.key.type === "Identifier" &&
          member.key.name === "payload",
      );
      const type =
        payload?.type === "TSPropertySignature" && payload.typeAnnotation?.typeAnnotation;
      if (type && type.type === "TSTypeLiteral") return ofMembers(type.members);
      return Object.assign({}, ...inherited, own) as Fields;
    },
    members: (union) => {
      const alias = aliases.get(union);
      if (alias?.type !== "TSUnionType") throw new Error(`${union} is no union`);
      return alias.types.map((type) =>
        type.type === "TSTypeReference" && type.typeName.type === "Identifier"
          ? type.typeName.name
          : "",
      );
    },
  };
}

function written(fields: ContractFields): Fields {
  return Object.fromEntries(
    [...fields].map(([name, { type, optional, nullable }]) => [
      name + (optional ? "?" : ""),
      type + (nullable ? " | null" : ""),
    ]),
  );
}

function all(table: ReadonlyMap<string, ContractFields>): Record<string, Fields> {
  return Object.fromEntries([...table].map(([name, fields]) => [name, written(fields)]));
}

function failure(text: string): string {
  try {
    parseContract(text);
  } catch (error) {
    if (error instanceof KataError) return error.message;
    throw error;
  }
  throw new Error("It was read");
}

describe("the shipped contract", () => {
  test("has the events of the code, with their fields", () => {
    const types = typesOf("events/event.ts");
    const code = types.members("EventPayload").map((name) => [name, types.fields(name)]);
    expect(all(shipped.events)).toEqual(Object.fromEntries(code) as Record<string, Fields>);
  });

  test("has the actions of the code, with their fields", () => {
    const types = typesOf("plugins/reporter.ts");
    const code = types.members("Action").map((name) => {
      const action = name.replace(/Action$/, "").replaceAll(/(?!^)[A-Z]/g, (c) => `_${c}`);
      return [action.toLowerCase(), types.fields(name)];
    });
    expect(all(shipped.actions)).toEqual(Object.fromEntries(code) as Record<string, Fields>);
  });

  test("has the actions that the host reads", () => {
    const words = { "a string": "string", "a number": "number", "true or false": "boolean" };
    const read = Object.entries(ACTIONS).map(([action, fields]) => [
      action,
      Object.fromEntries(
        Object.entries(fields).map(([name, kind]) => [
          name,
          typeof kind === "string" ? words[kind] : "string",
        ]),
      ),
    ]);
    expect(all(shipped.actions)).toEqual(Object.fromEntries(read) as Record<string, Fields>);
  });

  test("has the version that is in each line of a ledger", () => {
    expect(shipped.version).toBe(POLICY_VERSION);
  });
});

const EVENTS = "```yaml\nlifecycle_events:\n  - name: A\n```\n";
const ALLOWED = "```yml\nallowed_actions_contract:\n  move: [from, to]\n  stay:\n```\n";

describe("parseContract()", () => {
  test("takes a version of 0.0.0 where none is named", () => {
    const { version, events, actions } = parseContract(EVENTS + ALLOWED);
    expect(version).toBe("0.0.0");
    expect(all(events)).toEqual({ A: {} });
    expect(all(actions)).toEqual({ move: { from: "anything", to: "anything" }, stay: {} });
    expect(
      parseContract(`---\r\ncontract_version: 2.1.0\r\n---\r\n${EVENTS}${ALLOWED}`).version,
    ).toBe("2.1.0");
  });

  test("names the block that is missing", () => {
    expect(failure(ALLOWED)).toBe("Cannot find YAML block: lifecycle_events");
    expect(failure(EVENTS)).toBe("Cannot find YAML block: allowed_actions_contract");
    expect(failure("")).toBe("Cannot find YAML block: lifecycle_events");
  });

  test("says what is wrong", () => {
    expect(failure("```yaml\n{a: [}\n```\n")).toStartWith(
      "Cannot read the contract: YAML block 1 is no YAML",
    );
    expect(failure("```yaml\n- a\n```\n")).toContain("YAML block 1 has to be a table, and is list");
    expect(failure("```yaml\nlifecycle_events: 3\n```\n" + ALLOWED)).toContain("has to be a list");
    expect(failure("```yaml\nlifecycle_events: [{}]\n```\n" + ALLOWED)).toContain("has no name");
    expect(failure("```yaml\nlifecycle_events: [null]\n```\n" + ALLOWED)).toContain("is null");
    expect(failure(`---\ncontract_version: one\n---\n${EVENTS}`)).toContain(
      'is "one", expected X.Y.Z',
    );
  });
});

describe("payloadProblems()", () => {
  const move = shipped.actions.get("propose_move") ?? new Map();
  test("finds what is missing, wrong and too much", () => {
    expect(payloadProblems(move, { from: "a", to: "b", rationale: "c" })).toEqual([]);
    expect(payloadProblems(move, { from: 1, to: null, more: [] })).toEqual([
      '"from" is number, expected string',
      '"to" is null, expected string',
      '"rationale" is nothing, expected string',
      '"more" is no field of the contract\'s',
    ]);
    const file = shipped.actions.get("write_file") ?? new Map();
    expect(payloadProblems(file, { path: "a", text: "b" })).toEqual([]);
    const loose = new Map([["x", { type: "anything", optional: false, nullable: true }]]);
    expect([payloadProblems(loose, { x: [] }), payloadProblems(loose, { x: null })]).toEqual([
      [],
      [],
    ]);
  });
});
