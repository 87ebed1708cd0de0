/** Text in XML 1.0, where control characters may not even be referred to. */
import { visible, visibleLine } from "kata/plugin";

/** The text as the content of an element; `]]>` ends no section early. */
export function cdata(text: string): string {
  return `<![CDATA[${visible(text).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

/** `name="value"` with a space before it, the value on one line. */
export function attribute(name: string, value: string | number): string {
  return ` ${name}="${escapeXml(visibleLine(String(value)))}"`;
}

export function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => attribute(name, value))
    .join("");
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
