/** What the author of a new kata says: in flags, at the terminal, or not at all. */
import type { Draft } from "../catalog/draft.ts";
import { KataError } from "../errors.ts";
import { checkDraft, defaultDraft, type Example, type KataPlan } from "../session/new-kata.ts";
import type { Prompt } from "../ui/prompt.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { langOf } from "./run.ts";

const FIELDS = ["name", "category", "difficulty", "description"] as const;
/** What a person is asked; the rest go by their names. */
const QUESTIONS: Readonly<Record<string, string>> = {
  device: "device, any or webgpu",
  difficulty: "difficulty, 1 to 5",
};

export interface Answers {
  draft: Draft;
  example: Example;
  /** What nobody said, for the note on it. */
  assumed: string[];
}

/** What flags say; of the rest a person is asked, or the default is taken. */
export async function answerDraft(
  plan: KataPlan,
  args: Arguments,
  { openPrompt, log }: CommandContext,
): Promise<Answers> {
  const given = Object.fromEntries(
    FIELDS.flatMap((field) => {
      const text = args.text(field);
      return text === undefined ? [] : [[field, text]];
    }),
  ) as Partial<Draft>;
  checkDraft(plan, given);
  const isPython = langOf(args) === "py";
  if (isPython && args.text("device") === "webgpu") {
    throw new KataError("usage", "Cannot use --lang py together with --device webgpu", {
      hint: "katas about kernels are in TypeScript; leave out one of the two",
    });
  }
  const isWhole =
    (isPython || args.has("device")) && FIELDS.every((field) => given[field] !== undefined);
  const prompt = isWhole ? undefined : await openPrompt();
  const assumed: string[] = [];
  const ask = async (field: string, fallback: string, check: (text: string) => void) => {
    if (prompt !== undefined) return askUntil(prompt, log, field, fallback, check);
    assumed.push(`${field} ${JSON.stringify(fallback)}`);
    return fallback;
  };
  try {
    const device = async (): Promise<Example> => {
      const typed = args.text("device") ?? (await ask("device", "any", checkDevice));
      return typed === "webgpu" ? "webgpu" : "any";
    };
    const example = isPython ? "py" : await device();
    const draft: Draft = { ...defaultDraft(plan, example), ...given };
    for (const field of FIELDS.filter((each) => given[each] === undefined)) {
      draft[field] = await ask(field, draft[field], (text) => checkDraft(plan, { [field]: text }));
    }
    return { draft, example, assumed };
  } finally {
    prompt?.close();
  }
}

function checkDevice(text: string): void {
  if (text === "any" || text === "webgpu") return;
  throw new KataError("bad-value", `Cannot use the device ${JSON.stringify(text)}`, {
    hint: "it has to be any or webgpu",
  });
}

/** Asks again as long as the answer is wrong, and says why. */
async function askUntil(
  prompt: Prompt,
  log: CommandContext["log"],
  field: string,
  fallback: string,
  check: (text: string) => void,
): Promise<string> {
  for (;;) {
    const text = await prompt.ask(QUESTIONS[field] ?? field, fallback);
    try {
      check(text);
      return text;
    } catch (error) {
      if (!(error instanceof KataError)) throw error;
      log.error(error.message, error.hint);
    }
  }
}
