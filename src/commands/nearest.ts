/** The nearest name to a misspelt one, for the command line's own hints. */
export { nearest } from "../catalog/nearest.ts";
