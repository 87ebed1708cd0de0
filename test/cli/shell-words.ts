/** Splits a command as a shell would, as far as examples need it: spaces and double quotes. */
export function shellWords(command: string): string[] {
  return [...command.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ""));
}
