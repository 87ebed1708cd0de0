/** The JSON Schemas that the executable carries, by the output or the file they describe. */
export const SCHEMAS: Readonly<Record<string, () => Promise<unknown>>> = {
  run: async () => (await import("./schemas/run.json")).default,
  list: async () => (await import("./schemas/list.json")).default,
  check: async () => (await import("./schemas/check.json")).default,
  extensions: async () => (await import("./schemas/extensions.json")).default,
  "extension-check": async () => (await import("./schemas/extension-check.json")).default,
  py: async () => (await import("./schemas/py.json")).default,
  manifest: async () => (await import("./schemas/manifest.json")).default,
  config: async () => (await import("./schemas/config.json")).default,
  events: async () => (await import("./schemas/events.json")).default,
};
