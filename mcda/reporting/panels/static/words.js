// What the explorer says: results in, sentences out. No conclusion is typed; names stay plain text.

/** A score as tables have it: two places. */
export const toldScore = (speech, score) => speech.fixed(score, 2);

/** A number in natural units: no more digits than count. */
export const toldNumber = (speech, number) => speech.digits(number, 4);

/** Who leads, by how much, and whether that is a finding at all. */
export function findingText(speech, labels, found, width) {
  const { order, scored, bands, ranks } = found, score = (option) => toldScore(speech, scored[option]);
  const names = (options) => speech.listed(options.map((option) => labels[option]));
  if (!order.length) return speech.told("explorer.none_left");
  const first = order[0];
  if (order.length === 1) return speech.told("explorer.only_left", { option: labels[first] });
  const tied = order.filter((option) => ranks[option] === 1);
  if (tied.length > 1) return speech.told("explorer.tie", { options: names(tied), score: score(first) });
  const close = order.filter((option) => option !== first && bands[option] === 1);
  if (close.length) {
    const key = close.length === 1 ? "explorer.close_one" : "explorer.close_more";
    return speech.told(key, { option: labels[first], score: score(first), others: names(close), width: speech.signed(width) });
  }
  const fields = { option: labels[first], score: score(first), other: labels[order[1]], follows: score(order[1]) };
  return speech.told("explorer.leads", fields);
}

/**
 * How often the leader is first over the draws of facts: a share of tested assumptions, not a likelihood. Where another option is
 * first more often, as shown, or has the higher mean score, all of them are named.
 */
export function drawsText(speech, labels, order, ranks, { shares, means, count }) {
  const m = labels.length, leaders = order.filter((option) => ranks[option] === 1), told = firstPlaces(speech, shares, order, m);
  const top = order.reduce((one, other) => (shares[other * m] > shares[one * m] ? other : one)), most = shares[top * m];
  const highest = Math.max(...order.map((option) => means[option])), mean = order.filter((option) => means[option] >= highest - 1e-9);
  const often = order.filter((option) => told[option] === told[top] || percent(shares[option * m]) === percent(most));
  const shared = (one, other) => one.some((option) => other.includes(option)), alike = shared(leaders, often);
  const draws = speech.counted(count, "draw"), own = told[order[0]];
  if (alike && shared(leaders, mean)) return speech.told("explorer.drawn", { draws, option: labels[order[0]], share: own });
  const places = alike ? speech.told("explorer.by_places", { draws, share: own })
    : speech.told("explorer.by_places_against", { draws, share: told[top], own });
  const counts = [
    [speech.told("explorer.by_best"), leaders],
    [places, alike ? leaders : often],
    [speech.told("explorer.by_mean"), shared(leaders, mean) ? leaders : mean],
  ];
  const names = (options) => speech.listed(options.map((option) => labels[option])), by = new Map();
  for (const [text, options] of counts) by.set(names(options), [...(by.get(names(options)) ?? []), text]);
  const parts = [...by].map(([who, texts]) => `${who} ${texts.join(speech.told("join.and"))}`);
  return speech.told("explorer.depends", { parts: speech.listed(parts) });
}

/** Where the moved weight would change the leader. */
export function switchText(speech, name, labels, found) {
  const { leader, below, above } = found, about = { criterion: name, option: labels[leader] };
  const turns = [below, above].flatMap((point) => (point?.turn ? [point.turn] : []));
  if (!turns.length) return speech.told("explorer.stays", about);
  const parts = turns.map(({ relation, shown, then }) => {
    const moved = speech.told(`threshold.${relation}`, { number: speech.signed(shown) });
    return speech.told("explorer.turn", { moved, options: speech.listed(then.split(",").map((option) => labels[option])) });
  });
  return speech.told("explorer.turns", { ...about, turns: parts.join(speech.told("explorer.or")) });
}

/** How an option's rank changed: blank where it didn't. */
export function changeText(speech, before, now) {
  if (!before || !now || before === now) return "";
  return speech.told(before > now ? "explorer.up" : "explorer.down", { ranks: Math.abs(before - now) });
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
export function firstPlaces(speech, shares, running, m) {
  const options = [...running].sort((one, other) => one - other), told = speech.percents(options.map((option) => shares[option * m]));
  return Object.fromEntries(options.map((option, at) => [option, told[at]]));
}

/** An option's ranks over the draws, in words. */
export function ranksText(speech, shares, option, m, running) {
  const [from, to] = rankSpan(shares, option, m), share = firstPlaces(speech, shares, running, m)[option];
  return speech.told(from === to ? "explorer.mostly_one" : "explorer.mostly", { share, from, to });
}

/** Whose weights these are, and what was moved: the criteria that changed by half a point or more, largest first. */
export function movesText(speech, holder, names, start, now) {
  const before = speech.allInPoints(start), after = speech.allInPoints(now);
  const moved = names.map((name, k) => ({ criterion: name, from: before[k], to: after[k], by: Math.abs(now[k] - start[k]) }))
    .filter(({ by }) => by >= 0.005).sort((a, b) => b.by - a.by);
  if (!moved.length) return speech.told("explorer.unmoved", { holder });
  return speech.told("explorer.moved", { holder, steps: speech.listed(moved.map((step) => speech.told("explorer.step", step))) });
}

/**
 * Why one option is ahead of another: where its weighted value gains most and loses most, by part. Where weighted value
 * alone, which is TOPSIS with exponent 1, would put it behind, that is said.
 */
export function whyText(speech, first, second, names, gaps) {
  const order = gaps.map((_, k) => k).sort((a, b) => gaps[b] - gaps[a]), best = order[0], worst = order.at(-1);
  const part = (key, k) => speech.told(key, { criterion: names[k], gap: speech.fixed(Math.abs(gaps[k]), 3) });
  const parts = [gaps[best] > 0.0005 ? part("explorer.gains", best) : "", gaps[worst] < -0.0005 ? part("explorer.loses", worst) : ""];
  const gains = speech.listed(parts.filter(Boolean)), behind = gaps.reduce((sum, gap) => sum + gap, 0) < -1e-9;
  if (!gains) return "";
  const why = speech.told("explorer.why", { first, second, gains });
  return behind ? `${why} ${speech.told("explorer.behind")}` : why;
}
