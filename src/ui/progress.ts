import { truncate } from "./layout.ts";

/** A line that says how far something is; it leaves nothing behind. */
export interface Progress {
  update: (done: number, total: number, label: string) => void;
  /** Runs `print` with the line out of the way. */
  around: (print: () => void) => void;
  end: () => void;
}

export interface ProgressStream {
  write(text: string): void;
  isTTY: boolean;
  columns: number;
}

/** A progress line on a terminal; on anything else it is silent. */
export function createProgress(stream: ProgressStream): Progress {
  let line = "";
  const clear = () => {
    if (line !== "") stream.write("\r\u001b[2K");
  };
  return {
    update(done, total, label) {
      if (!stream.isTTY) return;
      clear();
      line = truncate(`[${done}/${total}] ${label}`, stream.columns - 1);
      stream.write(line);
    },
    around(print) {
      clear();
      print();
      if (line !== "") stream.write(line);
    },
    end() {
      clear();
      line = "";
    },
  };
}
