/** Questions at a terminal, on stderr: stdout is data. */
import { createInterface } from "node:readline";
import { EXIT, KataError } from "../errors.ts";

export interface Prompt {
  /**
   * Asks for one line; an empty one takes the fallback.
   *
   * @throws KataError when the person, or a signal, ends the asking
   */
  ask(question: string, fallback: string): Promise<string>;
  close(): void;
}

/** Opens the terminal for questions; `undefined` where stdin or stderr is none. */
export function openPrompt(signal: AbortSignal): Prompt | undefined {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  const lines = createInterface({ input: stdin, output: stderr, terminal: true });
  const close = (): void => lines.close();
  // In the terminal's raw mode Ctrl-C is a key, and no signal.
  lines.on("SIGINT", close);
  signal.addEventListener("abort", close);
  return {
    ask: (question, fallback) =>
      new Promise((resolve, reject) => {
        const onClose = (): void => {
          stderr.write("\n");
          reject(
            new KataError("interrupted", "Interrupted before anything was written", {
              exit: EXIT.interrupted,
            }),
          );
        };
        lines.once("close", onClose);
        lines.question(`${question} (${fallback}): `, (answer) => {
          lines.off("close", onClose);
          resolve(answer.trim() === "" ? fallback : answer.trim());
        });
      }),
    close() {
      signal.removeEventListener("abort", close);
      lines.close();
    },
  };
}
