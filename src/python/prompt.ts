/** What a prompt has to know of the lines typed so far. */
import { PythonSyntaxError } from "./syntax/error.ts";
import { parseModule } from "./syntax/parse.ts";

const COMPOUND = new Set([
  "AsyncFor",
  "AsyncFunctionDef",
  "AsyncWith",
  "ClassDef",
  "For",
  "FunctionDef",
  "If",
  "Match",
  "Try",
  "TryStar",
  "While",
  "With",
]);

/** Errors that more lines can mend, whatever the last one is. */
const OPEN = /was never closed$|^unterminated triple-quoted|^unexpected EOF while parsing$/;

/** Errors that more lines can mend until an empty one says that no more come. */
const BLOCK = /^expected an indented block after|^expected 'except' or 'finally' block$/;

/** Whether a statement goes on: a bracket, a text or a block is open. A block ends with an empty line. */
export function needsMore(source: string): boolean {
  const ended = /\n[ \t\f]*\n$/.test(source);
  try {
    const [first] = parseModule(source).body;
    return first !== undefined && COMPOUND.has(first.type) && !ended;
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    const { message } = error;
    if (OPEN.test(message)) return true;
    if (ended) return false;
    // A decorator waits for what it decorates.
    return (
      BLOCK.test(message) || (message === "invalid syntax" && /(?:^|\n)@[^\n]*\n$/.test(source))
    );
  }
}
