/** Cuts a command line into words, as a shell would, for commands that get no shell. */

/** What stands for itself in quotes only: it means something to shells, and nothing here. */
const SHELL = /[|&;<>()$`*?~]/;

/** The words, or what is wrong with the line. Quotes and backslashes work as in a shell. */
export function splitWords(line: string): string[] | { problem: string } {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === "'" || char === '"') {
      const end = closing(line, at);
      if (end === -1) return { problem: `run has no closing ${char}` };
      const inner = line.slice(at + 1, end);
      word = (word ?? "") + (char === '"' ? inner.replaceAll(/\\(["\\$`])/g, "$1") : inner);
      at = end;
    } else if (char === "\\") {
      at++;
      word = (word ?? "") + line.charAt(at);
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (SHELL.test(char)) {
      return {
        problem: `run has ${char}, which only a shell understands: quote it, or list shell in required_capabilities`,
      };
    } else word = (word ?? "") + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

function closing(line: string, open: number): number {
  const quote = line.charAt(open);
  for (let at = open + 1; at < line.length; at++) {
    if (quote === '"' && line.charAt(at) === "\\") at++;
    else if (line.charAt(at) === quote) return at;
  }
  return -1;
}
