/** `except*`: https://peps.python.org/pep-0654/ */
import { fault } from "../fault.ts";
export function openSplit(): never {
  fault("SystemError", "except*");
}
export function splitPart(): never {
  fault("SystemError", "except*");
}
export function splitFailed(): never {
  fault("SystemError", "except*");
}
export function closeSplit(): never {
  fault("SystemError", "except*");
}
