// What the explorer says: results in, sentences out. No conclusion is typed; names stay plain text.

/** A score as tables have it: two places. */
export const toldScore = (score) => fixed(score, 2);

/** A number in natural units: no more digits than count. */
export const toldNumber = (number) => digits(number, 4);

export function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Who leads, by how much, and whether that is a finding at all. */
export function findingText(labels, found, width) {
  const { order, scored, bands, ranks } = found;
  if (!order.length) return "No option is left: lower a floor, or take an option back in.";
  const first = order[0];
  if (order.length === 1) return `${labels[first]} is the only option left.`;
  const tied = order.filter((option) => ranks[option] === 1);
  if (tied.length > 1) return `${listed(tied.map((option) => labels[option]))} tie, at ${toldScore(scored[first])}.`;
  const close = order.filter((option) => option !== first && bands[option] === 1);
  if (close.length) {
    const are = close.length === 1 ? "is" : "are";
    return `${labels[first]} has the highest score, ${toldScore(scored[first])}, but ` +
      `${listed(close.map((option) => labels[option]))} ${are} within ${width} of it: too close to call.`;
  }
  return `${labels[first]} leads, at ${toldScore(scored[first])}; ${labels[order[1]]} follows at ${toldScore(scored[order[1]])}.`;
}

/**
 * How often the leader is first over the draws of facts: a share of tested assumptions, not a likelihood. Where another option is
 * first more often, as shown, or has the higher mean score, all of them are named.
 */
export function drawsText(labels, order, ranks, { shares, means, count }) {
  const m = labels.length, leaders = order.filter((option) => ranks[option] === 1), told = firstPlaces(shares, order, m);
  const top = order.reduce((one, other) => (shares[other * m] > shares[one * m] ? other : one)), most = shares[top * m];
  const highest = Math.max(...order.map((option) => means[option])), mean = order.filter((option) => means[option] >= highest - 1e-9);
  const often = order.filter((option) => told[option] === told[top] || percent(shares[option * m]) === percent(most));
  const shared = (one, other) => one.some((option) => other.includes(option));
  if (shared(leaders, often) && shared(leaders, mean)) return `Over ${count} draws of facts, with weights held as they stand here, ${labels[order[0]]} comes first in ${told[order[0]]}.`;
  const alike = shared(leaders, often), counts = [
    ["at the best estimates", leaders],
    [`by first places (${told[alike ? order[0] : top]} of ${count} draws of facts, with weights held as they stand here${alike ? "" : `, against ${told[order[0]]}`})`, alike ? leaders : often],
    ["by mean score", shared(leaders, mean) ? leaders : mean],
  ];
  const names = (options) => listed(options.map((option) => labels[option])), by = new Map();
  for (const [text, options] of counts) by.set(names(options), [...(by.get(names(options)) ?? []), text]);
  return `It depends on the count who leads: ${listed([...by].map(([who, texts]) => `${who} ${texts.join(" and ")}`))}.`;
}

/** Where the moved weight would change the leader. */
export function switchText(name, labels, found) {
  const { leader, below, above } = found;
  if (!below?.turn && !above?.turn) return `${name}: ${labels[leader]} stays in front at any weight.`;
  const parts = [below, above].flatMap((point) => (point?.turn ? [point.turn] : []))
    .map(({ told, then }) => `${told}, then ${listed(then.split(",").map((option) => labels[option]))}`);
  return `${name}: ${labels[leader]} stays in front until it ${parts.join("; or ")}.`;
}

/** How an option's rank changed: blank where it didn't. */
export function changeText(before, now) {
  if (!before || !now || before === now) return "";
  return before > now ? `up ${before - now}` : `down ${now - before}`;
}

/** The ranks that hold the middle nine tenths of the draws: from, to. */
export function rankSpan(shares, option, m) {
  const at = (level) => {
    let sum = 0;
    for (let rank = 1; rank <= m; rank++) {
      sum += shares[option * m + rank - 1];
      if (sum >= level - 1e-12) return rank;
    }
    return m;
  };
  return [at(0.05), at(0.95)];
}

/** The share of draws in which each of the running options comes first: parts of 100, equal ones in the question's order. */
export function firstPlaces(shares, running, m) {
  const options = [...running].sort((one, other) => one - other), told = percents(options.map((option) => shares[option * m]));
  return Object.fromEntries(options.map((option, at) => [option, told[at]]));
}

/** An option's ranks over the draws, in words. */
export function ranksText(shares, option, m, running) {
  const [from, to] = rankSpan(shares, option, m);
  const span = from === to ? `rank ${from}` : `ranks ${from} to ${to}`;
  return `first in ${firstPlaces(shares, running, m)[option]}, mostly ${span}`;
}

/** Whose weights these are, and what was moved: the criteria that changed by half a point or more, largest first. */
export function movesText(holder, names, start, now) {
  const before = allInPoints(start), after = allInPoints(now);
  const moved = names.map((name, k) => ({ name, from: before[k], to: after[k], by: Math.abs(now[k] - start[k]) }))
    .filter(({ by }) => by >= 0.005).sort((a, b) => b.by - a.by);
  if (!moved.length) return `The weights are those of ${holder}.`;
  const steps = moved.map(({ name, from, to }) => `${name} from ${from} to ${to}`);
  return `The weights of ${holder}, with ${listed(steps)} of 100.`;
}

/**
 * Why one option is ahead of another: where its weighted value gains most and loses most, by part. Where weighted value
 * alone, which is TOPSIS with exponent 1, would put it behind, that is said.
 */
export function whyText(first, second, names, gaps) {
  const order = gaps.map((_, k) => k).sort((a, b) => gaps[b] - gaps[a]);
  const best = order[0], worst = order.at(-1), told = (gap) => fixed(Math.abs(gap), 3);
  const gain = gaps[best] > 0.0005 ? `gains most on ${names[best]} (${told(gaps[best])})` : "";
  const loss = gaps[worst] < -0.0005 ? `loses most on ${names[worst]} (${told(gaps[worst])})` : "";
  if (!gain && !loss) return "";
  const behind = gaps.reduce((sum, gap) => sum + gap, 0) < -1e-9;
  const exponent = behind ? " By weighted value alone it would be behind; the exponent of TOPSIS puts it in front." : "";
  return `In weighted value, against ${second}, ${first} ${listed([gain, loss].filter(Boolean))}.${exponent}`;
}
