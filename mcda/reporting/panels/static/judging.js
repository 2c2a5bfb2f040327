// The judgement panel: one pair of improvements at a time, and what the judgements say together.

const SCALE = 9;

class Judging extends Panel {
  constructor(model, el) {
    super(model);
    this.n = this.question.items.length;
    this.labels = this.question.items.map((item) => item.label);
    this.settle = rested(TOLD, () => this.settled());
    this.asked = this.next() ?? pairsOf(this.n)[0];
    this.build();
    this.release = housed(el, this.root);
    this.answer();
    this.settled();
  }

  take(chosen) {
    this.judged = chosen.judged;
  }

  get chosen() {
    return { judged: this.judged };
  }

  // ---- numbers

  /** The judgements as positions: [first, second, ratio]. */
  positions() {
    const at = (key) => this.question.items.findIndex((item) => item.key === key);
    return this.judged.map(([first, second, ratio]) => [at(first), at(second), ratio]);
  }

  next() {
    return nextQuestion(matrixOf(this.positions(), this.n));
  }

  compute() {
    const matrix = matrixOf(this.positions(), this.n), { randomIndex } = this.question;
    const parts = partsOf(matrix.map((row) => row.map((ratio) => !Number.isNaN(ratio))));
    const found = { matrix, parts, next: nextQuestion(matrix), open: this.question.pairs - this.judged.length };
    if (parts.length > 1) return found;
    return { ...found, ...priorities(matrix, randomIndex), contributions: contributions(matrix, randomIndex) };
  }

  /** The judgement of a pair, as how many times the first is preferred; null for none. */
  ratio([i, j]) {
    const ratio = this.found.matrix[i][j];
    return Number.isNaN(ratio) ? null : ratio;
  }

  judge(text) {
    const [first, second] = this.asked.map((i) => this.question.items[i].key);
    const others = this.judged.filter(([a, b]) => !(a === first && b === second) && !(a === second && b === first));
    this.judged = text === null ? others : [...others, [first, second, text]];
    this.answer();
    this.tell();
    this.settle();
  }

  ask(pair) {
    this.asked = pair;
    this.answer();
    this.settle();
  }

  // ---- elements

  build() {
    this.finding = element("p", { class: "finding" });
    this.live = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
    this.root = element("div", { class: "judging" }, this.finding,
      element("div", { class: "columns" }, this.buildQuestion(), this.buildAnswer()), this.live);
  }

  buildQuestion() {
    this.progress = element("p", { class: "hint" });
    this.cards = [0, 1].map(() => ({ name: element("strong"), swings: element("ul") }));
    this.said = element("p", { class: "said" });
    this.onward = element("button", { type: "button", class: "onward", onclick: () => this.goOn() }, "Next question");
    this.back = element("button", { type: "button", onclick: () => this.judge(null) }, "Take this judgement back");
    return element("section", { class: "controls", "aria-label": "Question" }, this.progress,
      element("div", { class: "cards" }, ...this.cards.map(({ name, swings }) => element("div", { class: "card" }, name, swings))),
      this.buildScale(), this.said, element("div", { class: "buttons" }, this.onward, this.back),
      this.buildSave("Keep these judgements as those of", this.question.holder));
  }

  /** Saaty's scale as radio buttons: nine steps to each side of "the same". */
  buildScale() {
    const name = fresh("scale");
    this.steps = [];
    for (let step = SCALE - 1; step > -SCALE; step--) {
      const text = step >= 0 ? `${step + 1}` : `1/${1 - step}`;
      const radio = element("input", { type: "radio", name, value: text, class: "unseen", onchange: () => this.judge(text) });
      this.steps.push({ radio, text, step, label: element("label", { class: "step" }, radio, element("span", { "aria-hidden": "true" }, `${Math.abs(step) + 1}`)) });
    }
    this.sides = [element("span"), element("span")];
    return element("fieldset", {}, element("legend", {}, "Which improvement is worth more, and how many times as much?"),
      element("div", { class: "sides", "aria-hidden": "true" }, this.sides[0], element("span", {}, "the same"), this.sides[1]),
      element("div", { class: "scale" }, ...this.steps.map(({ label }) => label)));
  }

  goOn() {
    const { next } = this.found;
    if (!next) return;
    this.ask(next);
    this.steps[SCALE - 1].radio.focus();
  }

  buildAnswer() {
    this.bars = this.labels.map((label) => {
      const fill = element("span", { class: "fill" }), score = element("span", { class: "score" });
      const whole = element("li", { class: "share front" }, element("span", { class: "label" }, label), score, element("span", { class: "bar", "aria-hidden": "true" }, fill));
      return { fill, score, whole };
    });
    this.list = element("ol", { class: "shares", role: "list", "aria-label": "What each counts, in points of 100" }, ...this.bars.map(({ whole }) => whole));
    this.coherence = element("p", { class: "coherence" });
    this.contradiction = element("p", { class: "contradiction" });
    this.again = element("button", { type: "button", onclick: () => this.ask(this.found.contributions[0].pair) }, "Look at it again");
    this.pairs = pairsOf(this.n).map((pair) => this.buildPair(pair));
    return element("section", { class: "answer", "aria-label": "What the judgements say" }, this.list, this.coherence, this.contradiction, this.again,
      element("details", {}, element("summary", {}, "All pairs"), element("ul", { class: "pairs" }, ...this.pairs.map(({ whole }) => whole))));
  }

  buildPair(pair) {
    const text = element("span", { class: "grow" });
    const button = element("button", { type: "button", onclick: () => this.ask(pair) }, "Ask");
    return { pair, text, button, whole: element("li", { class: "floor" }, text, button) };
  }

  // ---- painting

  answer() {
    this.found = this.compute();
    this.paintQuestion();
    this.paintShares();
    this.paintCoherence();
    this.pairs.forEach(({ pair, text, button }) => {
      const told = this.judgementText(pair);
      say(text, told);
      button.setAttribute("aria-label", `Ask again: ${pair.map((i) => this.labels[i]).join(" and ")}`);
    });
  }

  paintQuestion() {
    const { open, next } = this.found, { pairs } = this.question, ratio = this.ratio(this.asked);
    const useful = next && next[0] === this.asked[0] && next[1] === this.asked[1] ? " This pair would tell most now." : "";
    say(this.progress, `${pairs - open} of ${pairs} pairs are judged.${useful}`);
    this.asked.forEach((i, side) => {
      say(this.cards[side].name, this.labels[i]);
      this.cards[side].swings.replaceChildren(...this.question.items[i].swings.map((text) => element("li", {}, text)));
      say(this.sides[side], this.labels[i]);
    });
    for (const { radio, text, step } of this.steps) {
      radio.checked = ratio !== null && Math.abs(ratioOf(text) / ratio - 1) < 1e-9;
      radio.setAttribute("aria-label", this.stepText(this.asked, step));
    }
    say(this.said, ratio === null ? "Not judged yet." : this.judgementText(this.asked));
    this.back.disabled = ratio === null;
    this.onward.disabled = !next || useful !== "";
  }

  stepText([i, j], step) {
    if (step === 0) return "Both are worth the same";
    const [more, less] = step > 0 ? [i, j] : [j, i];
    return `${this.labels[more]} is worth ${Math.abs(step) + 1} times as much as ${this.labels[less]}: ${this.question.words[Math.abs(step)]}`;
  }

  judgementText(pair) {
    const ratio = this.ratio(pair), [i, j] = pair.map((at) => this.labels[at]);
    return ratio === null ? `${i} and ${j}: not judged.` : `${this.ratioText(pair, ratio)}.`;
  }

  /** A ratio in words: who is worth more, how many times, and Saaty's word for it where the ratio is one of his. */
  ratioText(pair, ratio) {
    const upper = Math.max(ratio, 1 / ratio), whole = Math.round(upper), [i, j] = ratio >= 1 ? pair : [pair[1], pair[0]];
    if (Math.abs(upper - 1) < 1e-9) return `${this.labels[i]} and ${this.labels[j]} are worth the same`;
    const word = Math.abs(upper - whole) < 1e-9 && whole <= SCALE ? `, ${this.question.words[whole - 1]}` : "";
    return `${this.labels[i]} is worth ${digits(upper, 2)} times as much as ${this.labels[j]}${word}`;
  }

  paintShares() {
    const { shares, parts } = this.found, points = shares && allInPoints(shares);
    this.bars.forEach(({ fill, score }, i) => {
      fill.style.transform = `scaleX(${shares ? shares[i] : 0})`;
      say(score, shares ? points[i] : "–");
    });
    if (!shares) {
      const more = parts.length - 1;
      return say(this.finding, `${more} more ${more === 1 ? "judgement" : "judgements"} at least, and the weights follow.`);
    }
    const order = shares.map((_, i) => i).sort((a, b) => shares[b] - shares[a]);
    say(this.finding, `${this.labels[order[0]]} counts most, ${points[order[0]]} of 100; ${this.labels[order.at(-1)]} least, ${points[order.at(-1)]}.`);
  }

  paintCoherence() {
    const { ratio, open, contributions: rows } = this.found, worst = rows?.find((row) => row.share > 1e-9 && !Number.isNaN(row.implied));
    this.again.hidden = !worst || worst !== rows[0];
    if (ratio === undefined) {
      say(this.coherence, "");
      return say(this.contradiction, "");
    }
    const side = ratio <= 0.1 ? "coherent, by convention" : "above 0.10: look at what contradicts";
    const flattered = open ? ` ${open} open ${open === 1 ? "pair flatters" : "pairs flatter"} it.` : "";
    say(this.coherence, `Consistency ratio ${fixed(ratio, 3)} (${this.question.table}): ${side}.${flattered}`);
    say(this.contradiction, worst ? this.contradictionText(worst) : "No judgement contradicts another.");
  }

  contradictionText({ pair, judged, implied, then }) {
    return `Contradicts the others most: ${this.ratioText(pair, judged)}. The others imply: ${this.ratioText(pair, implied)}. ` +
      `With that the ratio would be ${fixed(then, 3)}. You may be right: nothing is changed for you.`;
  }

  settled() {
    say(this.live, `${this.said.textContent} ${this.finding.textContent} ${this.coherence.textContent}`);
  }
}

function renderJudging({ model, el }) {
  const panel = new Judging(model, el);
  el.judging = panel;
  return () => panel.stop();
}
