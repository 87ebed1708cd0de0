/** The formats' own checkers, as the tests use them. */
import { Parser, type FinalResults } from "tap-parser";

/** A schema that any element fits: what is left is whether it is well-formed. */
export const ANYTHING: string = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="testsuites"><xs:complexType><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>`;

export interface TapResults {
  ok: boolean;
  bailout: boolean;
  /** What the parser has against the text itself, subtests included. */
  complaints: string[];
}

/** Reads TAP in the parser's strict mode. */
export function parseTap(text: string): Promise<TapResults> {
  return new Promise((resolve) => {
    const complaints: string[] = [];
    const listen = (parser: Parser): void => {
      parser.on("child", listen);
      parser.on("extra", (line: string) => complaints.push(line));
      parser.on("complete", ({ failures }: FinalResults) => {
        for (const { tapError } of failures) {
          if (typeof tapError === "string") complaints.push(tapError);
        }
      });
    };
    const parser = new Parser({ strict: true }, ({ ok, bailout }) => {
      resolve({ ok, bailout: bailout !== false, complaints });
    });
    listen(parser);
    parser.end(text);
  });
}
