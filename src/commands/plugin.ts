import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { EXIT, KataError } from "../errors.ts";
import { checkPlugin, loadSpec } from "../plugins/check.ts";
import { type Contract, CONTRACT_TEXT, parseContract } from "../plugins/contract.ts";
import { scaffold } from "../plugins/scaffold.ts";
import { visibleLine } from "../plugins/text.ts";
import { requireWalls } from "../sandbox/layers.ts";
import { planFiles } from "../session/plugin-plan.ts";
import { readPlugins } from "../session/project-plugins.ts";
import { readProject } from "../session/project.ts";
import { REPORTERS } from "../session/reporters.ts";
import { checkTypings, placeTypings } from "../session/typings.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { printCreated } from "./created.ts";

/** `kata plugin`: the contract, a plugin's files, and whether they are in order. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  switch (args.required("action")) {
    case "contract":
      return printContract(args, context);
    case "new":
      return create(args, context);
    case "check":
      return await check(args, context);
    case "plan":
      return await plan(args, context);
    default:
      return await list(context);
  }
}

function printContract(args: Arguments, context: CommandContext): number {
  const text = contractText(args, context);
  // One that cannot be used is not printed as if it could.
  parseContract(text);
  context.stdout.write(text);
  return EXIT.passed;
}

function create(args: Arguments, context: CommandContext): number {
  const file = args.text("spec");
  if (file === undefined) {
    throw new KataError("usage", "Cannot write a plugin without its spec", {
      hint: "kata plugin new --spec plugin.spec.json",
    });
  }
  const path = resolve(context.cwd, file);
  const dir = dirname(path);
  const contract = contractOf(args, context);
  const spec = loadSpec(path, contract);
  checkTypings(dir);
  const names = scaffold(dir, spec, contract, {
    force: args.has("force"),
    now: new Date().toISOString(),
  });
  context.stdout.write(
    `${names.map((name) => relative(context.cwd, join(dir, name))).join("\n")}\n`,
  );
  printCreated(placeTypings(dir, true), context);
  return EXIT.passed;
}

async function check(args: Arguments, context: CommandContext): Promise<number> {
  const dir = args.text("dir") ?? ".";
  const errors = await checkPlugin(
    resolve(context.cwd, dir),
    contractOf(args, context),
    async () => (args.has("no-sandbox") ? undefined : await requireWalls()),
  );
  for (const error of errors) context.log.error(error);
  if (errors.length > 0) return EXIT.failed;
  context.stdout.write(`${dir} is in order\n`);
  return EXIT.passed;
}

async function plan(args: Arguments, context: CommandContext): Promise<number> {
  const { cwd, stdout } = context;
  const report = args.text("report");
  const contract = contractOf(args, context);
  const given = args.list("plugin").map((plugin) => resolve(cwd, plugin));
  const plugins = given.length > 0 ? given : await listed(cwd, contract);
  const apply = args.has("apply");
  if (plugins.length === 0 || (apply && report === undefined)) {
    const what = plugins.length === 0 ? "without a plugin" : "with --apply and without --report";
    throw new KataError("usage", `Cannot plan ${what}`, {
      hint: "kata plugin plan katas --plugin my-plugin --apply --report changes.ndjson",
    });
  }
  const planned = await planFiles({
    dir: resolve(cwd, args.text("dir") ?? "."),
    plugins,
    contract,
    apply,
    walls: async () => (args.has("no-sandbox") ? undefined : await requireWalls()),
    ...(report === undefined ? {} : { report: resolve(cwd, report) }),
  });
  for (const { plugin, action, payload, status, message } of planned) {
    const fields = Object.entries(payload).map(([name, value]) => `${name}=${value}`);
    const outcome = apply ? `${status}${message === undefined ? "" : ` (${message})`}: ` : "";
    stdout.write(`${visibleLine(`${outcome}${plugin}: ${action} ${fields.join(" ")}`)}\n`);
  }
  return planned.some(({ status }) => status === "refused") ? EXIT.failed : EXIT.passed;
}

/** The folders of the plugins of `kata.toml`. */
async function listed(cwd: string, contract: Contract): Promise<string[]> {
  const { plugins } = await readProject(cwd);
  return readPlugins(plugins, cwd, contract).map(({ dir }) => dir);
}

/** The reporters that kata carries, and what `kata.toml` lists. */
async function list({ cwd, stdout }: CommandContext): Promise<number> {
  for (const [name, { spec }] of Object.entries(REPORTERS))
    stdout.write(`${name.padEnd(16)} ${spec.version.padEnd(8)} ${spec.description}\n`);
  const { plugins } = await readProject(cwd);
  for (const { spec, gate, dir } of readPlugins(plugins, cwd)) {
    const what = `${gate ? "gate" : "plugin"}, handles ${spec.handles_event.join(", ")}`;
    const place = relative(cwd, dir) || ".";
    stdout.write(`${spec.name.padEnd(16)} ${spec.version.padEnd(8)} ${what} (${place})\n`);
  }
  return EXIT.passed;
}

function contractOf(args: Arguments, context: CommandContext): Contract {
  return parseContract(contractText(args, context));
}

function contractText(args: Arguments, { cwd }: CommandContext): string {
  const file = args.text("contract");
  if (file === undefined) return CONTRACT_TEXT;
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch (cause) {
    throw new KataError(
      "contract-unreadable",
      `Cannot read the contract ${file}: ${(cause as Error).message}`,
    );
  }
}
