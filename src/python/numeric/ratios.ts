/** Quotients of integers, rounded to whole ones. */
import { canonical, chargeProduct, type Int } from "./sizes.ts";

/** numerator / denominator, the denominator not zero. */
export class BigRatio {
  readonly numerator: bigint;
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator: bigint) {
    const negative = denominator < 0n;
    this.numerator = negative ? -numerator : numerator;
    this.denominator = negative ? -denominator : denominator;
  }
}

/** The nearest whole number, ties to even. */
export function roundHalfEven({ numerator, denominator }: BigRatio): Int {
  chargeProduct(numerator, denominator);
  let quotient = numerator / denominator;
  let rest = numerator - quotient * denominator;
  if (rest < 0n) {
    quotient -= 1n;
    rest += denominator;
  }
  const twice = rest * 2n;
  const up = twice > denominator || (twice === denominator && (quotient & 1n) === 1n);
  return canonical(up ? quotient + 1n : quotient);
}
