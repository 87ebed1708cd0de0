/** A contestant's process: a line of text to it, a line of JSON back. */

export class Contestant {
  readonly name: string;
  readonly #child: Bun.Subprocess<"pipe", "pipe", "ignore">;
  readonly #lines: AsyncIterator<string>;

  constructor(name: string, args: readonly string[]) {
    this.name = name;
    this.#child = Bun.spawn([...args], { stdin: "pipe", stdout: "pipe", stderr: "ignore" });
    this.#lines = linesOf(this.#child.stdout);
  }

  /** Its answer, parsed; undefined when its process ended. */
  async ask(line: string): Promise<unknown> {
    await this.#child.stdin.write(`${line}\n`);
    await this.#child.stdin.flush();
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) return undefined;
      // What a library says of itself is not an answer.
      if (value.startsWith("{")) return JSON.parse(value);
    }
  }

  async end(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.exited;
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}
