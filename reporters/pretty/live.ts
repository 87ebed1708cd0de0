/** What the live line of a terminal says: what runs now, how it went so far. */
import { label, type KataEvent } from "kata/plugin";
import type { Palette } from "../shared/colors.ts";
import { countsText, duration, plural, type Counts } from "../shared/words.ts";
import { oneLine } from "./layout.ts";

export class LiveStatus {
  readonly #paint: Palette;
  /** The tests that have not ended, and the kata that each is of. */
  readonly #tests = new Map<string, { name: string; kata: string }>();
  readonly #counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  #kata = "";
  #test = "";
  #planned = 0;
  #done = 0;
  #start = 0;

  constructor(paint: Palette) {
    this.#paint = paint;
  }

  /** The line after this event; undefined when it is as before. */
  update(event: KataEvent): string | undefined {
    switch (event.event) {
      case "RunStarted":
        this.#planned = event.plan.length;
        this.#start = Date.parse(event.ts);
        break;
      case "KataStarted":
        this.#kata = label(event);
        this.#test = "";
        break;
      case "TestFound":
        this.#tests.set(event.test_id, { name: event.name, kata: label(event) });
        return undefined;
      case "TestStarted": {
        const test = this.#tests.get(event.test_id);
        this.#kata = test?.kata ?? this.#kata;
        this.#test = test?.name ?? "";
        break;
      }
      case "TestFinished":
        this.#counts[event.status]++;
        this.#tests.delete(event.test_id);
        // What begins next, or the kata's end, shows the count: half of the lines are enough.
        return undefined;
      case "KataFinished":
        this.#done++;
        this.#test = "";
        break;
      case "RunFinished":
        return "";
      default:
        return undefined;
    }
    return this.#line(Date.parse(event.ts) - this.#start);
  }

  #line(elapsed: number): string {
    const paint = this.#paint;
    const parts = [paint.bold(this.#kata === "" ? "starting" : this.#kata)];
    if (this.#planned > 1) {
      parts.push(
        paint.dim(
          this.#done === 0 ? plural(this.#planned, "kata") : `${this.#done}/${this.#planned} katas`,
        ),
      );
    }
    const { passed, failed, skipped } = this.#counts;
    if (passed + failed + skipped > 0) parts.push(countsText(this.#counts, paint));
    parts.push(paint.dim(duration(elapsed)));
    if (this.#test !== "") parts.push(paint.dim(oneLine(this.#test, 60)));
    return `${paint.cyan("●")} ${parts.join(paint.dim(" · "))}`;
  }
}
