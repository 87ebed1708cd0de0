/** What fractions.Fraction needs: its text, and the nearest fraction with a small denominator. */
import { fault } from "../fault.ts";
import { add, floordiv, mul, sub } from "./integers.ts";
import { gcd, pow } from "./powers.ts";
import { reserve, canonical, type Int } from "./sizes.ts";
import { spend } from "../budget.ts";

const TEXT =
  /^([-+]?)(?=\d|\.\d)(\d*|\d+(?:_\d+)*)(?:\/(\d+(?:_\d+)*)|(?:\.(\d*|\d+(?:_\d+)*))?(?:[eE]([-+]?\d+(?:_\d+)*))?)$/;

/** In lowest terms with a positive denominator. */
export function reduced(numerator: Int, denominator: Int): [Int, Int] {
  if (denominator === 0) fault("ZeroDivisionError", `Fraction(${numerator}, 0)`);
  const divisor = gcd(numerator, denominator);
  const by = denominator < 0 ? sub(0, divisor) : divisor;
  return [floordiv(numerator, by), floordiv(denominator, by)];
}

/** Fraction(text); `quoted` is the text's repr, for the message. */
export function parseFraction(text: string, quoted: string): [Int, Int] {
  spend(text.length + Math.ceil((text.length / 64) ** 2));
  const match = TEXT.exec(text.trim());
  if (match === null) fault("ValueError", `Invalid literal for Fraction: ${quoted}`);
  const [, sign, whole = "", denominator, fraction = "", exponent = "0"] = match;
  const places = fraction.replaceAll("_", "");
  let top: Int = canonical(BigInt(whole.replaceAll("_", "") + places || "0"));
  let bottom: Int = denominator === undefined ? pow(10, places.length) : toInt(denominator);
  const power = Number(exponent.replaceAll("_", ""));
  reserve(Math.abs(power) * 3.3);
  if (power >= 0) top = mul(top, pow(10, power));
  else bottom = mul(bottom, pow(10, -power));
  return reduced(sign === "-" ? sub(0, top) : top, bottom);
}

function toInt(digits: string): Int {
  return canonical(BigInt(digits.replaceAll("_", "")));
}

/** limit_denominator: the last convergents of the continued fraction that fit. */
export function limitDenominator(numerator: Int, denominator: Int, most: Int): [Int, Int] {
  if (most < 1) fault("ValueError", "max_denominator should be at least 1");
  if (denominator <= most) return [numerator, denominator];
  let [p0, q0, p1, q1]: [Int, Int, Int, Int] = [0, 1, 1, 0];
  let [n, d] = [numerator, denominator];
  for (;;) {
    spend(1);
    const a = floordiv(n, d);
    const q2 = add(q0, mul(a, q1));
    if (q2 > most) break;
    [p0, q0, p1, q1] = [p1, q1, add(p0, mul(a, p1)), q2];
    [n, d] = [d, sub(n, mul(a, d))];
  }
  const k = floordiv(sub(most, q0), q1);
  const bound: [Int, Int] = [add(p0, mul(k, p1)), add(q0, mul(k, q1))];
  // Of p1/q1 and the bound the nearer one, the first where they are alike.
  return mul(2, mul(d, bound[1])) <= denominator ? [p1, q1] : bound;
}
