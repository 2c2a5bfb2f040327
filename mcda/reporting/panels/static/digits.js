// Numbers as they are shown: the rule of mcda/checks/significant_digits.py, operation by operation. Half away from zero; what lies
// within rounding noise of a half counts as that half; parts of a whole are rounded by largest remainder.

const NOISE = 1e-9, MOST_NOISE = 1e-3, NOTHING = 1e-12, MOST_PLACES = 9, WHOLE = 2 ** 53;
const noise = (size) => Math.min(NOISE * size, MOST_NOISE);

/** A power of ten, exactly: ** may be off by its last bit. */
const tens = (places) => Number(`1e${places}`);

/** The size of a number in whole units of its last place; share: what of a unit makes one more, less rounding noise. */
function unitsOf(number, places, share = 0.5) {
  const size = Math.abs(number) * tens(places), whole = Math.floor(size), rest = size - whole;
  if (Math.abs(number) >= WHOLE) return BigInt(Math.abs(number)) * 10n ** BigInt(places);
  return BigInt(whole) + ((share ? rest >= share - noise(size) : rest > noise(size)) ? 1n : 0n);
}

/** Whole units of the last place as a decimal number. */
function written(units, places, grouped) {
  const text = units.toString().padStart(places + 1, "0"), cut = text.length - places;
  const whole = text.slice(0, cut);
  return (grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole) + (places ? `.${text.slice(cut)}` : "");
}

const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** The power of ten of a number's first digit, after rounding noise. */
const power = (number) => Number(Math.abs(number).toExponential(9).split("e")[1]);

/** A number rounded as it is shown, never -0. */
export function rounded(number, places = 0) {
  if (!(Math.abs(number) < WHOLE)) return number;
  return (Math.sign(number) * Number(unitsOf(number, places))) / tens(places) + 0;
}

/** A number with so many places, trailing zeros and all; sign: a plus before what is not negative. */
export function fixed(number, places = 0, { sign = false, grouped = false } = {}) {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "nan" : number < 0 ? "-inf" : "inf";
  const units = unitsOf(number, places);
  return (number < 0 && units ? "-" : sign ? "+" : "") + written(units, places, grouped);
}

/** How many places a number is shown with if so many of its digits count, itself rounded. */
export function placesOf(number, count) {
  const places = Math.max(0, count - 1 - power(number));
  return places - (places > 0 && unitsOf(number, places) >= tens(count) ? 1 : 0);
}

/** A number with so many digits that count, whole where it is larger; down: never above it, up: never below it. */
export function digits(number, count = 3, { down = false, up = false } = {}) {
  if (number === 0 || !Number.isFinite(number)) return number === 0 ? "0" : fixed(number);
  const places = Math.min(placesOf(number, count), MOST_PLACES);
  const away = number > 0 ? up : down, towards = number > 0 ? down : up;
  const units = unitsOf(number, places, away ? 0 : towards ? 1 : 0.5);
  return (number < 0 && units ? "-" : "") + bare(written(units, places, true));
}

/** A share beside the part of 100 that stands for it: never 0 for what is there, never 100 for what isn't all. */
function shown(share, part, places, unit) {
  const least = 1 / tens(places);
  if (part === 0 && share > NOTHING) return `<${fixed(least, places)}${unit}`;
  if (part === 100 && share < 1 - NOTHING) return `>${fixed(100 - least, places)}${unit}`;
  return `${fixed(part, part === 0 || part === 100 ? 0 : places)}${unit}`;
}

/** A share as points of 100, with one place where it isn't whole. */
export const inPoints = (share) => bare(fixed(100 * share, 1));

/** The shares of one whole as points that add up to 100. */
export const allInPoints = (shares) => percents(shares, 1, "").map(bare);

/** A share in percent. */
export const percent = (share, places = 0) => shown(share, rounded(100 * share, places), places, "%");

/** Numbers rounded so that they add up to their rounded sum: largest remainders first, equal ones in the order stated. */
export function parts(numbers, places = 0) {
  const sizes = numbers.map((number) => number * tens(places));
  const wide = Math.min(NOISE * Math.max(1, ...sizes.map(Math.abs)), MOST_NOISE);
  const units = sizes.map((size) => Math.floor(size + wide)), rests = sizes.map((size, at) => size - units[at]);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const missing = Math.sign(whole) * Number(unitsOf(whole, 0)) - units.reduce((sum, unit) => sum + unit, 0);
  const last = [...rests].sort((a, b) => b - a)[missing - 1], all = rests.map((_, at) => at);
  const larger = all.filter((at) => rests[at] > last + wide);
  const equal = all.filter((at) => Math.abs(rests[at] - last) <= wide);
  if (missing > 0) for (const at of [...larger, ...equal].slice(0, missing)) units[at] += 1;
  return units.map((unit) => unit / tens(places) + 0);
}

/** The shares of one whole in percent, so that the numbers shown add up to 100: "<1%" counts as 0, ">99%" as 100. */
export function percents(shares, places = 0, unit = "%") {
  const found = parts(shares.map((share) => 100 * share), places);
  return shares.map((share, at) => shown(share, found[at], places, unit));
}

/** The numbers in a base64 text of little-endian single-precision floats. */
export function decoded(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return Float64Array.from(new Float32Array(bytes.buffer));
}
