// What the panel of comparisons computes: draws of weights that keep what was said, who is first in them, and the
// comparison of two measures that tells most about the first place. The rules are those of next_question.py. No page.

const SWEEPS = 30, ROOM = 1e-12, LITTLE = 1e-3, ROUNDING = 1e-9;
const ASKED_DIGITS = 2, DECADES = 3;

/** Numbers from 0 to 1, the same each time for a seed (mulberry32). */
export function uniforms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number between the points of a piecewise-linear function; xs rise or fall. */
function between(x, xs, ys) {
  const sign = xs.at(-1) > xs[0] ? 1 : -1;
  if (sign * (x - xs[0]) <= 0) return ys[0];
  for (let k = 1; k < xs.length; k++) {
    if (sign * (x - xs[k]) <= 0) return ys[k - 1] + ((x - xs[k - 1]) / (xs[k] - xs[k - 1])) * (ys[k] - ys[k - 1]);
  }
  return ys.at(-1);
}

/** What a level of a measure is worth, 0 to 1. */
export const worthOf = (leaf, level) => between(level, leaf.anchors, leaf.worth);
const better = (leaf) => Math.sign(leaf.anchors.at(-1) - leaf.anchors[0]);

/** What an exchange says of the weights: row @ weights is at most 0, or 0 where it is exact. */
export function boundOf(said, leaves) {
  const row = new Float64Array(leaves.length), at = (key) => leaves.findIndex((leaf) => leaf.key === key);
  const [i, j] = [at(said.first), at(said.second)], [more, less] = [leaves[i], leaves[j]];
  row[i] = worthOf(more, said.start) - worthOf(more, said.start + better(more) * said.amount);
  row[j] = worthOf(less, said.second_start) - worthOf(less, said.second_start - better(less) * said.low);
  return { row, equality: said.high === said.low };
}

/** A number without the last bits that a difference leaves. */
const clean = (number) => (number === 0 ? 0 : rounded(number, placesOf(number, 12)));

/** The answer to a comparison as a statement: "first", "second" or "same" is worth more. */
export function answered(asked, answer) {
  const moves = [asked.first_move, asked.second_move], keys = [asked.first, asked.second];
  const size = ([from, to]) => clean(Math.abs(to - from));
  const more = answer === "second" ? 1 : 0, less = 1 - more, paid = size(moves[less]);
  return {
    first: keys[more], amount: size(moves[more]), second: keys[less], low: paid,
    high: answer === "same" ? paid : null, start: moves[more][0], second_start: moves[less][1],
  };
}

/** Draws of weights that keep bounds: points one after another, n numbers each. */
export const cloudOf = (points, n, bounds) => ({ points: Float64Array.from(points), n, count: points.length / n, bounds });

function along(row, points, d, n) {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += row[k] * points[d * n + k];
  return sum;
}

/**
 * The draws that keep one more bound, as they stand; null where none does. On an equality lie the points where a line
 * between a draw on either side crosses it: whatever both draws keep, a point between them keeps.
 */
export function cut(cloud, bound, random) {
  const { points, n, count } = cloud, sides = Float64Array.from({ length: count }, (_, d) => along(bound.row, points, d, n));
  const bounds = [...cloud.bounds, bound], all = Array.from({ length: count }, (_, d) => d);
  const below = all.filter((d) => sides[d] <= 0), above = all.filter((d) => sides[d] > 0);
  if (!bound.equality) return below.length ? { points: picked(points, below, n), n, count: below.length, bounds } : null;
  if (!below.length || !above.length) return null;
  const crossed = new Float64Array(count * n);
  for (let d = 0; d < count; d++) {
    const one = below[Math.floor(random() * below.length)], other = above[Math.floor(random() * above.length)];
    const share = sides[one] / (sides[one] - sides[other]);
    for (let k = 0; k < n; k++) crossed[d * n + k] = points[one * n + k] + share * (points[other * n + k] - points[one * n + k]);
  }
  return { points: crossed, n, count, bounds };
}

function picked(points, places, n) {
  const found = new Float64Array(places.length * n);
  places.forEach((d, at) => found.set(points.subarray(d * n, d * n + n), at * n));
  return found;
}

/**
 * As many draws as asked for, spread over the room that the bounds leave: draws are copied and each is moved by
 * hit-and-run, along the line between two others or, where nothing is exact, from one weight to another.
 */
export function spread(cloud, count, random) {
  const { n, bounds } = cloud, from = cloud.points, points = new Float64Array(count * n);
  for (let d = 0; d < count; d++) points.set(from.subarray((d % cloud.count) * n, (d % cloud.count) * n + n), d * n);
  const rows = bounds.filter(({ equality }) => !equality).map(({ row }) => row), direction = new Float64Array(n);
  const isOpen = rows.length === bounds.length;
  for (let d = 0; d < count; d++) {
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      if (isOpen && sweep % 2) pair(direction, random);
      else line(direction, from, cloud.count, random);
      move(points, d * n, direction, rows, random);
    }
  }
  return { points, n, count, bounds };
}

function pair(direction, random) {
  const n = direction.length, one = Math.floor(random() * n), other = (one + 1 + Math.floor(random() * (n - 1))) % n;
  direction.fill(0);
  direction[one] = 1;
  direction[other] = -1;
}

function line(direction, from, count, random) {
  const n = direction.length, one = Math.floor(random() * count) * n, other = Math.floor(random() * count) * n;
  for (let k = 0; k < n; k++) direction[k] = from[one + k] - from[other + k];
}

/** Move one point to a place drawn from its line within the bounds. */
function move(points, start, direction, rows, random) {
  const n = direction.length;
  let low = -Infinity, high = Infinity;
  const limit = (size, slope) => {
    if (slope > ROOM) high = Math.min(high, size / slope);
    else if (slope < -ROOM) low = Math.max(low, size / slope);
  };
  for (let k = 0; k < n; k++) limit(Math.max(points[start + k], 0), -direction[k]);
  for (const row of rows) {
    let size = 0, slope = 0;
    for (let k = 0; k < n; k++) {
      size -= row[k] * points[start + k];
      slope += row[k] * direction[k];
    }
    limit(Math.max(size, 0), slope);
  }
  const drawn = random();
  if (!(high > low && Number.isFinite(high - low))) return;
  const step = low + drawn * (high - low);
  for (let k = 0; k < n; k++) points[start + k] = Math.max(points[start + k] + step * direction[k], 0);
}

/** Who is first in each draw; how often each option is; the leader and by how much another is ahead of it at most. */
export function standing(cloud, values) {
  const { points, n, count } = cloud, m = values.length, first = new Uint16Array(count), counts = new Array(m).fill(0);
  const means = new Float64Array(m), scores = new Float64Array(count * m);
  for (let d = 0; d < count; d++) {
    let best = 0;
    for (let i = 0; i < m; i++) {
      const score = along(values[i], points, d, n);
      scores[d * m + i] = score;
      means[i] += score / count;
      if (score > scores[d * m + best]) best = i;
    }
    first[d] = best;
    counts[best] += 1;
  }
  const leader = counts.indexOf(Math.max(...counts));
  let behind = 0;
  for (let d = 0; d < count; d++) behind = Math.max(behind, scores[d * m + first[d]] - scores[d * m + leader]);
  return { first, shares: counts.map((number) => number / count), means, leader, certainty: counts[leader] / count, behind, count };
}

/** Why to stop: as `next_question` says it; blank to go on. */
export function reasonOf({ certainty, behind }, { certainty: enough, matters }) {
  if (certainty >= 1) return "settled";
  if (certainty >= enough) return "sure";
  return behind <= matters ? "level" : "";
}

/**
 * The comparison whose answer tells most about the first place, or null: every pair of measures, but those passed over,
 * at every level that can be asked about.
 */
export function nextComparison(cloud, { first, shares }, leaves, passed) {
  const options = shares.map((_, i) => i).filter((i) => shares[i] > 0), place = new Int16Array(shares.length);
  options.forEach((option, at) => { place[option] = at; });
  const told = first.map((option) => place[option]), asked = leaves.map(askable), bits = bitsOf(cloud.count);
  let best = null;
  for (let i = 0; i < leaves.length; i++) {
    for (let j = 0; j < leaves.length; j++) {
      if (i === j || passed.has(pairName(leaves[i].key, leaves[j].key))) continue;
      const { at, information } = clearest(ratiosOf(cloud, i, j), asked[j].worth, told, options.length, bits);
      if (!best || information > best.information + 1e-9) best = { i, j, level: asked[j].levels[at], information };
    }
  }
  if (!best || best.information < LITTLE) return null;
  const { i, j, level, information } = best, [more, part] = [leaves[i], leaves[j]];
  return { first: more.key, first_move: [more.anchors[0], more.anchors.at(-1)], second: part.key, second_move: [part.anchors[0], level], information };
}

export const pairName = (one, other) => [one, other].sort().join("\n");

function ratiosOf({ points, n, count }, i, j) {
  const ratios = new Float64Array(count);
  for (let d = 0; d < count; d++) ratios[d] = points[d * n + i] / points[d * n + j] || 0;
  return ratios;
}

/**
 * The levels that can be asked about, from the worst to the best, with what they are worth: their distances from the worst
 * end have two digits, down to a thousandth of the scale; the whole scale can be asked about too.
 */
export function askable(leaf) {
  const [worst, best] = [leaf.anchors[0], leaf.anchors.at(-1)], span = Math.abs(best - worst);
  const largest = Math.floor(Math.log10(span)), levels = [];
  for (let power = largest - DECADES + 1; power <= largest; power++) {
    const places = ASKED_DIGITS - 1 - power;
    for (let units = 10 ** (ASKED_DIGITS - 1); units < 10 ** ASKED_DIGITS; units++) {
      const move = places > 0 ? units / tens(places) : units * tens(-places);
      if (move < span * (1 - ROUNDING)) levels.push(clean(worst + better(leaf) * move));
    }
  }
  levels.push(best);
  return { levels, worth: Float64Array.from(levels, (level) => worthOf(leaf, level)) };
}

/** The level whose answer tells most about who is first, and how much, in bits; worth: what each level is worth, rising. */
function clearest(ratios, worth, told, options, bits) {
  const table = new Uint32Array((worth.length + 1) * options), all = new Uint32Array(options), above = new Uint32Array(options);
  for (let d = 0; d < ratios.length; d++) {
    table[below(worth, ratios[d]) * options + told[d]] += 1;
    all[told[d]] += 1;
  }
  const whole = all.reduce((sum, some) => sum + bits[some], 0), found = new Float64Array(worth.length);
  for (let at = worth.length - 1; at >= 0; at--) {
    let yes = 0, parts = 0;
    for (let i = 0; i < options; i++) {
      above[i] += table[(at + 1) * options + i];
      yes += above[i];
      parts += bits[above[i]] + bits[all[i] - above[i]];
    }
    found[at] = whole + bits[yes] + bits[ratios.length - yes] - parts;
  }
  let at = 0;
  found.forEach((information, k) => { if (information > found[at] + 1e-9) at = k; });
  return { at, information: found[at] };
}

/** What each number of draws adds to an entropy, in bits: -p log2 p, none for none. */
const bitsOf = (count) => Float64Array.from({ length: count + 1 }, (_, some) => (some ? -(some / count) * Math.log2(some / count) : 0));

/** How many of some rising numbers are smaller. */
function below(rising, number) {
  let low = 0, high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
