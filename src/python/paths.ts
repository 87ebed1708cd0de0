/** Paths of programs as text; what they lead to is the host's matter. */

/** `os.path.join(first, second)`. */
export function joinPath(first: string, second: string): string {
  if (second.startsWith("/")) return second;
  return first === "" || first.endsWith("/") ? first + second : `${first}/${second}`;
}

/** `os.path.dirname(path)`. */
export function directoryOf(path: string): string {
  const head = path.slice(0, path.lastIndexOf("/") + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, "");
}
