import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { EXIT, KataError } from "../errors.ts";
import { readExtension } from "../extensions/extension.ts";
import { checkCapabilities, invalid, loadExtensions } from "../extensions/load.ts";
import { scaffold } from "../extensions/scaffold.ts";
import { isSlot, SLOT_NAMES, SLOTS } from "../extensions/slots.ts";
import { readProject } from "../session/project.ts";
import { probeSurroundings } from "../session/steps.ts";
import { type Arguments, type CommandContext, printJson } from "./command.ts";

/** `kata extension list | check | new`: the project's own steps, as `kata.toml` lists them. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const action = args.required("action");
  if (action === "new") return create(args, context);
  if (args.has("slot")) {
    throw new KataError("usage", `Cannot use kata extension ${action} with arguments`, {
      hint: "it reads kata.toml in this folder",
    });
  }
  return action === "check" ? await check(args, context) : await list(args, context);
}

async function load({ cwd, env }: CommandContext) {
  const { extensions = { folder: "extensions", slots: {} }, agents } = await readProject(cwd);
  const loaded = loadExtensions(extensions, cwd, { strict: false });
  return { agents, ...(await checkCapabilities(loaded, probeSurroundings(cwd, env, agents))) };
}

async function list(args: Arguments, context: CommandContext): Promise<number> {
  const { slots, problems } = await load(context);
  const { stdout, style } = context;
  if (args.has("json")) {
    const extensions = SLOT_NAMES.flatMap((slot) => slots[slot]).map(({ extension, without }) => ({
      ...extension,
      missing_capabilities: without,
    }));
    printJson(context, { schema: "kata.extensions/1", extensions, problems });
    return EXIT.passed;
  }
  for (const slot of SLOT_NAMES) {
    const blocks = SLOTS[slot].may_block ? style.yellow("  may block") : "";
    stdout.write(`${style.bold(slot)}${blocks}  ${style.dim(SLOTS[slot].hands)}\n`);
    for (const { extension } of slots[slot]) {
      const { id, kind, mode, on_fail, file } = extension;
      stdout.write(`  ${id}  ${kind}, ${mode}, on_fail ${on_fail}  ${style.dim(file)}\n`);
    }
    for (const problem of problems.filter((each) => each.slot === slot)) {
      stdout.write(`  ${style.red("\u2717")} ${problem.message}\n`);
    }
  }
  return EXIT.passed;
}

/** Strict: whatever is wrong is an error; with `--strict` so is what would only be skipped. */
async function check(args: Arguments, context: CommandContext): Promise<number> {
  const { slots, problems, agents } = await load(context);
  const all = SLOT_NAMES.flatMap((slot) => slots[slot]);
  const notes = all.flatMap(({ extension, without }) => {
    const { file, slot, kind } = extension;
    const agent = extension.agent === "inherit" ? "default" : extension.agent;
    const lacks = without.map((name) => `missing optional capability: ${name}`);
    const isMute = kind === "agentic" && !Object.hasOwn(agents, agent);
    const so = extension.on_fail === "block" ? ", so that every run fails" : "";
    const words = isMute ? [...lacks, `no [agents.${agent}] in kata.toml${so}`] : lacks;
    return words.map((word) => ({ file, slot, message: `${file}: ${word}`, blocks: false }));
  });
  const wrong = args.has("strict") ? [...problems, ...notes] : problems;
  if (args.has("json")) {
    const ok = wrong.length === 0;
    printJson(context, { schema: "kata.extension-check/1", ok, problems, notes });
    return ok ? EXIT.passed : EXIT.usage;
  }
  if (wrong.length > 0) throw invalid(wrong);
  for (const { message } of notes) context.log.warn(message);
  context.stdout.write(`${all.length} extensions in order\n`);
  return EXIT.passed;
}

async function create(args: Arguments, { cwd, stdout }: CommandContext): Promise<number> {
  const [slot, id] = [args.text("slot"), args.text("id")];
  if (slot === undefined || id === undefined || !isSlot(slot)) {
    throw new KataError("usage", "Expected a slot and an id: kata extension new gate lint", {
      hint: `the slots are: ${SLOT_NAMES.join(", ")}`,
    });
  }
  const text = scaffold(slot, id);
  const read = readExtension(text, `${id}.md`, slot);
  if ("problems" in read) throw new KataError("usage", read.problems.join("; "));
  const { extensions } = await readProject(cwd);
  const file = join(cwd, extensions?.folder ?? "extensions", `${id}.md`);
  const name = relative(cwd, file);
  if (existsSync(file)) {
    throw new KataError("file-exists", `Cannot write ${name}: it exists`, {
      hint: "give another id, or remove the file",
    });
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: "wx" });
  stdout.write(`${name}\n`);
  const listed = extensions?.slots[slot] ?? [];
  if (!listed.includes(`${id}.md`)) {
    const files = [...listed, `${id}.md`].map((each) => JSON.stringify(each)).join(", ");
    stdout.write(`In kata.toml, under [extensions.slots]: "${slot}" = [${files}]\n`);
  }
  return EXIT.passed;
}
