/**
 * ULIDs: ids of 26 characters that sort by the time they were made at.
 * The layout is that of https://github.com/ulid/spec: 48 bits of milliseconds,
 * then 80 random bits, in Crockford's base 32.
 */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;
const MAX_TIME = 2 ** 48 - 1;

/** What ids are made of; tests hand in their own. */
export interface UlidSources {
  /** Milliseconds since 1970. */
  now(): number;
  /** Fills the array with random bytes. */
  random(bytes: Uint8Array): void;
}

export const SYSTEM_SOURCES: UlidSources = {
  now: Date.now,
  random: (bytes) => {
    crypto.getRandomValues(bytes);
  },
};

/**
 * A source of ids, each greater than the one before: within a millisecond, and
 * while the clock runs backwards, the random part counts up.
 */
export function createUlids(sources: UlidSources = SYSTEM_SOURCES): () => string {
  const bytes = new Uint8Array(RANDOM_LENGTH);
  let time = -1;
  let digits: number[] = [];
  return () => {
    const now = Math.min(MAX_TIME, Math.max(0, Math.floor(sources.now())));
    if (now > time) {
      time = now;
      sources.random(bytes);
      digits = Array.from(bytes, (byte) => byte & 31);
    } else if (!increment(digits)) {
      // All 80 bits are used up: borrowing the next millisecond keeps the order.
      time++;
      digits = digits.map(() => 0);
    }
    return encodeTime(time) + digits.map((digit) => ALPHABET[digit]).join("");
  };
}

/** The milliseconds since 1970 that a ULID was made at; a RangeError when it is none. */
export function ulidTime(ulid: string): number {
  if (!isUlid(ulid)) {
    throw new RangeError(
      `Cannot read ULID ${JSON.stringify(ulid)}: expected 26 characters of base 32`,
    );
  }
  let time = 0;
  for (const character of ulid.slice(0, TIME_LENGTH)) {
    time = time * 32 + ALPHABET.indexOf(character);
  }
  return time;
}

/** True for 26 characters of Crockford's base 32 that hold a time of 48 bits. */
export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
}

/** The smallest ULID that is greater; for an event that is derived from another. */
export function nextUlid(ulid: string): string {
  const time = ulidTime(ulid);
  const digits = Array.from(ulid.slice(TIME_LENGTH), (character) => ALPHABET.indexOf(character));
  const carried = !increment(digits);
  return encodeTime(carried ? time + 1 : time) + digits.map((digit) => ALPHABET[digit]).join("");
}

/** Adds one in place; false when it wrapped around to zero. */
function increment(digits: number[]): boolean {
  for (let index = digits.length - 1; index >= 0; index--) {
    const digit = digits[index] ?? 0;
    if (digit < 31) {
      digits[index] = digit + 1;
      return true;
    }
    digits[index] = 0;
  }
  return false;
}

function encodeTime(time: number): string {
  let text = "";
  let rest = time;
  for (let place = 0; place < TIME_LENGTH; place++) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
