import { type CreateReporter, Tally, type Verdict, write } from "kata/plugin";

/** A reporter that writes one JSON document, made of the verdict, when the run has ended. */
export function verdictJson(document: (verdict: Verdict) => object): CreateReporter {
  return () => {
    const tally = new Tally();
    return {
      handle: (event) => {
        tally.push(event);
        if (event.event !== "RunFinished") return null;
        return [write(`${JSON.stringify(document(tally.verdict()), null, 2)}\n`)];
      },
    };
  };
}
