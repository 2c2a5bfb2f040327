// Where an answer changes, as it is printed: the rule of mcda/problem/thresholds.py. A number with its relation, rounded
// past the change with as few digits as the change allows; every number printed was tried.

const COUNTED = 3, STATED = 6, LONGEST = 17, LEFT_OVER = 1e-12, LEAST = 1e-12;

/**
 * The threshold of a number that stands at `now` and whose answer has changed at `beyond`. answer: number -> who leads
 * instead, "" where nobody does. end: the furthest number that may be printed. then: the answer to name, if one that short gives it.
 */
export function threshold(now, beyond, answer, end, then = "") {
  for (const [wanted, longest] of [[then || answer(beyond), STATED], ["", LONGEST]]) {
    const found = statedAt(now, beyond, answer, end, wanted) ?? roundedPast(now, beyond, answer, end, wanted, longest);
    if (found) return found;
  }
  return phrase(String(beyond), beyond > now, answer(beyond), false);
}

const gives = (found, wanted) => (wanted ? found === wanted : found !== "");

/** The threshold at a number that was stated, or just past it; null where the change lies at no such number. */
function statedAt(now, beyond, answer, end, wanted) {
  const rises = beyond > now;
  for (const text of roundings(beyond, now, STATED, 0)) {
    const number = Number(text);
    if (Math.abs(number - beyond) > LEFT_OVER * Math.max(Math.abs(beyond), Math.abs(end - now))) continue;
    if (number !== now && gives(answer(number), wanted)) return phrase(text, rises, answer(number), false);
    const next = number + (rises ? 1 : -1) * (Number.EPSILON * Math.abs(number) || Number.MIN_VALUE);
    if (!answer(number) && gives(answer(next), wanted)) return phrase(text, rises, answer(next), true);
  }
  return null;
}

function roundedPast(now, beyond, answer, end, wanted, longest) {
  const rises = beyond > now;
  for (const text of roundings(beyond, now, longest, rises ? 1 : -1)) {
    const number = Number(text), within = rises ? number <= end : number >= end;
    if (within && gives(answer(number), wanted)) return phrase(text, rises, answer(number), false);
  }
  return null;
}

/** A number with ever more digits that count, rounded to the nearest (0), up (1) or down (-1). */
function roundings(beyond, now, longest, way) {
  const first = placesFor(Math.max(Math.abs(beyond), Math.abs(beyond - now) / 10 ** COUNTED, LEAST));
  return Array.from({ length: longest - COUNTED + 1 }, (_, more) => {
    const places = first + more, nearest = fixed(beyond, places), off = Number(nearest) - beyond;
    return way * off < 0 ? fixed(Number(nearest) + way * 10 ** -places, places) : nearest;
  });
}

/** How many places leave three digits that count. */
const placesFor = (size) => (size ? Math.max(0, COUNTED - 1 - Number(size.toExponential(COUNTED - 1).split("e")[1])) : 0);

/** The number as it is printed, and the name of the phrase that it stands in. */
function phrase(text, rises, then, just) {
  const relation = just ? (rises ? "rises_just_above" : "falls_just_below") : rises ? "rises_to" : "falls_to";
  return { number: Number(text), relation, shown: bareNumber(text), then };
}

/** Without zeros at its end or "-0", thousands apart. */
function bareNumber(text) {
  const [whole, rest = ""] = text.split("."), part = rest.replace(/0+$/, "");
  const shown = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part && `.${part}`);
  return shown === "-0" ? "0" : shown;
}
