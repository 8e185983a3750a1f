// Comparing figures.

import assert from "node:assert/strict";

/** Equal to at least `digits` significant digits. */
export function assertClose(found, expected, what, digits = 9) {
  assert.ok(typeof found === "number" && Number.isFinite(found), `${what}: ${found} is no number`);
  const scale = Math.max(Math.abs(expected), Number.MIN_VALUE);
  const difference = Math.abs(found - expected) / scale;
  assert.ok(difference <= 0.5 * 10 ** (1 - digits), `${what}: found ${found}, expected ${expected}`);
}

/** A small generator of repeatable random numbers, 0 to 1 (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
