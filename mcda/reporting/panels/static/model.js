// What the explorer computes: values and weights in; scores, ranks, shares and switching points out.
// No page, no imports: the tests run this file, with thresholds.js before it, beside Python and compare every number.

export const TIE = 1e-9;
const STEPS = 200, NEAR = 1e-6;

/** A table of values (count, m, n), flat, made ready for the exponent p: p = 1 is the additive model. */
export function prepare(values, m, n, p) {
  const worth = Float64Array.from(values), lack = new Float64Array(worth.length);
  for (let at = 0; at < worth.length; at++) {
    lack[at] = raised(1 - worth[at], p);
    worth[at] = raised(worth[at], p);
  }
  return { worth, lack, m, n, p, count: worth.length / (m * n) };
}

/** A table of what options are if they come about, each with its chance (m), and of what happens otherwise. */
export const lottery = (happens, otherwise, chance) => ({ ...happens, otherwise, chance });

/** A table of lotteries (count, m, 2n + 1), flat: the columns are what is weighed, the chance, and the same otherwise. */
export function lotteries(values, m, n, p) {
  const width = 2 * n + 1, rows = values.length / width;
  const columns = (first, count) =>
    Float64Array.from({ length: rows * count }, (_, at) => values[Math.floor(at / count) * width + first + (at % count)]);
  return lottery(prepare(columns(0, n), m, n, p), prepare(columns(n + 1, n), m, n, p), columns(n, 1));
}

/**
 * A table (rows, columns), flat, of columns that are numbers themselves or the place of one in a table as stated.
 * instead: where options may fail to come about, the option (a row of each m) that each is otherwise; its columns follow.
 */
export function joined(columns, stated, rows, instead = []) {
  const width = stated ? stated.length / rows : 0, m = instead.length, own = columns.length - 1; // the last is the chance
  const all = columns.length + (m ? own : 0), flat = new Float32Array(rows * all);
  columns.forEach((column, j) => {
    for (let row = 0; row < rows; row++) flat[row * all + j] = typeof column === "number" ? stated[row * width + column] : column[row];
  });
  for (let row = 0; m && row < rows; row++) {
    const from = (row - (row % m) + instead[row % m]) * all;
    for (let j = 0; j < own; j++) flat[row * all + columns.length + j] = flat[from + j];
  }
  return flat;
}

/** Scores (count * m): closeness, and where an option may fail to come about the mean of its own and its fallback's. */
export function scores(table, weights) {
  const own = closeness(table, weights), { chance, otherwise } = table;
  if (!chance) return own;
  const instead = closeness(otherwise, weights);
  return own.map((score, at) => chance[at] * score + (1 - chance[at]) * instead[at]);
}

/** Closeness (count * m) to the ideal, by the weighted distance of order p; with p = 1 it is the weighted mean. */
function closeness(table, weights) {
  const { worth, lack, n, p } = table, found = new Float64Array(worth.length / n);
  const largest = Math.max(...weights), scaled = weights.map((weight) => raised(weight / largest, p));
  for (let row = 0, at = 0; row < found.length; row++) {
    let best = 0, worst = 0;
    for (let j = 0; j < n; j++, at++) {
      worst += scaled[j] * worth[at];
      best += scaled[j] * lack[at];
    }
    const far = rooted(worst, p);
    found[row] = far / (far + rooted(best, p));
  }
  return found;
}

const raised = (x, p) => (p === 1 ? x : p === 2 ? x * x : x ** p);
const rooted = (x, p) => (p === 1 ? x : p === 2 ? Math.sqrt(x) : x ** (1 / p));

/** The options in `running`, best score first; equal scores keep the order of the options. */
export function ordered(scored, running, offset = 0) {
  const order = running.slice();
  for (let i = 1; i < order.length; i++) {
    const option = order[i], score = scored[offset + option];
    let j = i;
    for (; j > 0 && scored[offset + order[j - 1]] < score; j--) order[j] = order[j - 1];
    order[j] = option;
  }
  return order;
}

/** Competition ranks by option (0 for one that isn't running): 1 is best, ties share the better rank. */
export function ranks(scored, running, m, offset = 0) {
  const order = ordered(scored, running, offset), found = new Int32Array(m);
  order.forEach((option, place) => {
    const before = order[place - 1];
    const tied = place > 0 && scored[offset + before] - scored[offset + option] <= TIE;
    found[option] = tied ? found[before] : place + 1;
  });
  return found;
}

/** Bands by option (0 for one that isn't running): who is `width` or more below a band's best opens the next. */
export function bands(scored, running, m, width) {
  const found = new Int32Array(m);
  let best = Infinity, band = 0;
  for (const option of ordered(scored, running)) {
    if (band === 0 || best - scored[option] >= width) {
      best = scored[option];
      band += 1;
    }
    found[option] = band;
  }
  return found;
}

/** The share of draws in which an option (row, of m) takes a rank (column): scores (count * m), ties share a rank. */
export function acceptability(scored, running, m) {
  const shares = new Float64Array(m * m), count = scored.length / m;
  for (let draw = 0; draw < count; draw++) {
    const found = ranks(scored, running, m, draw * m);
    for (const option of running) shares[option * m + found[option] - 1] += 1 / count;
  }
  return shares;
}

/** The mean score of each running option over the draws. */
export function means(scored, running, m) {
  const sums = new Float64Array(m), count = scored.length / m;
  for (let at = 0; at < scored.length; at++) sums[at % m] += scored[at];
  return Array.from(sums, (sum, option) => (running.includes(option) ? sum / count : -Infinity));
}

/** The quantile of an option's scores over the draws, linear between neighbours. */
export function quantiles(scored, option, m, levels) {
  const own = new Float64Array(scored.length / m);
  for (let draw = 0; draw < own.length; draw++) own[draw] = scored[draw * m + option];
  own.sort();
  return levels.map((level) => {
    const place = level * (own.length - 1), below = Math.floor(place);
    const above = Math.min(below + 1, own.length - 1);
    return own[below] + (place - below) * (own[above] - own[below]);
  });
}

/**
 * For each option the floors it fails at the best estimate, as positions of leaves; floors[j] is null for none. noise[j]:
 * by how much a computed performance may miss its floor and still pass, as `screening.passes` has it.
 */
export function failures(performance, floors, signs, noise) {
  const fails = (number, j) => floors[j] !== null && signs[j] * (number - floors[j]) < -noise[j];
  return performance.map((row) => row.flatMap((number, j) => (fails(number, j) ? [j] : [])));
}

/**
 * The shares of siblings after one is set to `to`: those held stay, the others keep their proportions, the sum is 1.
 * Where the others are all 0 they take the proportions of `usual`, or equal ones.
 */
export function move(shares, held, at, to, usual = shares) {
  const free = shares.map((_, k) => k).filter((k) => k !== at && !held[k]);
  if (!free.length) return shares.slice();
  const kept = shares.reduce((sum, share, k) => (k !== at && held[k] ? sum + share : sum), 0);
  const set = Math.min(Math.max(to, 0), Math.max(1 - kept, 0)), rest = Math.max(1 - kept - set, 0);
  const total = (parts) => free.reduce((sum, k) => sum + parts[k], 0);
  const parts = [shares, usual, shares.map(() => 1)].find((given) => total(given) > 0), before = total(parts);
  const moved = shares.slice();
  moved[at] = set;
  for (const k of free) moved[k] = (parts[k] / before) * rest;
  return moved;
}

/** The weight of every criterion in the tree: its share among its siblings times its parent's weight. */
export function weightsDown(parents, shares) {
  const found = new Array(shares.length).fill(null);
  const weight = (k) => (found[k] ??= shares[k] * (parents[k] < 0 ? 1 : weight(parents[k])));
  return shares.map((_, k) => weight(k));
}

/**
 * Where the leader changes as one number goes from 0 to `most`: `along(t)` gives the weights of the leaves.
 * Returns the leader at `now`, and the nearest switch below and above with who leads beyond it, or null; `turn` is the
 * switch as it is printed, in points of 100. Under the additive model nothing is missed; under TOPSIS a lead of less than
 * a two-hundredth of the way may be.
 */
export function switching(table, running, along, now, most = 1) {
  const at = (t) => scores(table, along(t));
  const leader = ordered(at(now), running)[0];
  const ahead = (t) => {
    const scored = at(t);
    return running.every((option) => option === leader || scored[leader] >= scored[option]);
  };
  const [below, above] = [0, most].map((end) => {
    const found = nearest(ahead, at, running, leader, now, end);
    return found && { ...found, turn: turnOf(at, running, leader, now, found.at, end) };
  });
  return { leader, below, above };
}

/** A switch as it is printed, in points: where the leader is behind by more than a tie; null where it never is. */
function turnOf(at, running, leader, now, switched, end) {
  const answer = (points) => {
    const scored = at(points / 100), placed = ranks(scored, running, scored.length);
    return placed[leader] === 1 ? "" : running.filter((option) => placed[option] === 1).join();
  };
  let inside = 100 * switched, beyond = inside;
  for (let step = TIE; !answer(beyond); step *= 10) {
    if (step > 1) return null;
    inside = beyond;
    beyond = 100 * (switched + (end - switched) * step);
  }
  while (Math.abs(beyond - inside) > 1e-12) {
    const middle = (inside + beyond) / 2;
    if (middle === inside || middle === beyond) break;
    if (answer(middle)) beyond = middle;
    else inside = middle;
  }
  const further = beyond + NEAR * 100 * (end - now);
  return threshold(100 * now, beyond, answer, 100 * end, (end - now) * (100 * end - further) > 0 ? answer(further) : "");
}

/** The first point from `now` towards `end` at which the leader is overtaken, halved down to 1e-13. */
function nearest(ahead, at, running, leader, now, end) {
  const length = end - now, steps = Math.ceil(Math.abs(length) * STEPS);
  for (let step = 1; step <= steps; step++) {
    let there = now + (length * step) / steps, here = now + (length * (step - 1)) / steps;
    if (ahead(there)) continue;
    const beyond = there;
    while (Math.abs(there - here) > 1e-13) {
      const middle = (there + here) / 2;
      if (middle === here || middle === there) break;
      if (ahead(middle)) here = middle;
      else there = middle;
    }
    const others = running.filter((option) => option !== leader);
    return { at: (there + here) / 2, leader: ordered(at(beyond === there ? there : (there + beyond) / 2), others)[0] };
  }
  return null;
}
