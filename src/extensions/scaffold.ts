/** The text of a new extension, to be filled in: it loads and runs as it is. */
import { type Slot, SLOTS } from "./slots.ts";

/** The file of a command in this slot. */
export function scaffold(slot: Slot, id: string): string {
  const { may_block, hands } = SLOTS[slot];
  return `---
id: ${id}
slot: "${slot}"
kind: command
on_fail: ${may_block ? "block" : "warn"}
run: cat
timeout: 60
---

Runs in \`${slot}\`, and is handed ${hands}.

The command gets the context as JSON on stdin and paths in its environment; an
exit code other than 0 is a failure. \`cat\` prints what it was handed: put your
own command in its place. \`kata help extensions\` has every field.
`;
}
