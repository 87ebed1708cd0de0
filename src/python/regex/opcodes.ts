/** The instructions of a compiled pattern: an opcode, then its operands. */

/** A match. */
export const DONE = 0;
/** Code point. */
export const CHAR = 1;
/** Count, code points. */
export const CHARS = 2;
/** Set. */
export const SET = 3;
export const NOT_NEWLINE = 4;
export const ANY = 5;
export const AT_START = 6;
export const AT_LINE_START = 7;
export const AT_END = 8;
export const AT_LINE_END = 9;
export const AT_LAST = 10;
/** Set of word characters, 1 for a boundary and 0 for none. */
export const AT_WORD = 11;
/** Register. */
export const MARK = 12;
/** Register, group. */
export const MARK_END = 13;
/** Register, how to compare. */
export const REFERENCE = 14;
/** Register, target when the group has not matched. */
export const CONDITION = 15;
/** Target. */
export const JUMP = 16;
/** Target, tried after what comes next. */
export const SPLIT = 17;
/** Target, tried before what comes next. */
export const SPLIT_LATER = 18;
/** First table of what comes next, first table of the target or -1, target. */
export const CHOOSE = 19;
/** Unit, operand, minimum, maximum, first table of what follows or -1; `RUN_BACK` comes next. */
export const RUN = 20;
/** First table or -1. */
export const RUN_BACK = 21;
/** Unit, operand, minimum, maximum: gives nothing back. */
export const RUN_ALL = 22;
/** Unit, operand, minimum, maximum, first table or -1; `RUN_ON` comes next. */
export const RUN_LEAST = 23;
/** Unit, operand, first table or -1. */
export const RUN_ON = 24;
/** Registers of a count and a place. */
export const LOOP = 25;
/** Registers, minimum, maximum, target of the body. */
export const UNTIL = 26;
/** The same; `AGAIN` comes next. */
export const UNTIL_LEAST = 27;
/** Register of the height of the stack. */
export const ATOMIC = 28;
export const ATOMIC_END = 29;
/** Registers of height and place, characters back. */
export const LOOK = 30;
export const LOOK_END = 31;
/** Registers, characters back, target when it does not match. */
export const LOOK_NOT = 32;
export const LOOK_NOT_END = 33;
/** Registers of count, place and height. */
export const POSSESS = 34;
/** Registers, minimum, maximum, target after the loop. */
export const POSSESS_NEXT = 35;
/** Registers, target of `POSSESS_NEXT`. */
export const POSSESS_END = 36;

/** Registers, target of the body. */
export const AGAIN = 37;

/** Units that are repeated. */
export const UNIT_CHAR = 0;
export const UNIT_NOT_CHAR = 1;
export const UNIT_SET = 2;
export const UNIT_NOT_NEWLINE = 3;
export const UNIT_ANY = 4;

/** How a reference compares. */
export const EXACT = 0;
export const FOLD_ASCII = 1;
export const FOLD_UNICODE = 2;

/** No upper bound of a repetition. */
export const UNBOUNDED = 0x7fffffff;
