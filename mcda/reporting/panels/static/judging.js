// The judgement panel: one pair of improvements at a time, and what the judgements say together.

const SCALE = 9;
const COHERENT = 0.1; // the customary limit of a consistency ratio

class Judging extends Panel {
  read() {
    this.n = this.question.items.length;
    this.labels = this.question.items.map((item) => item.label);
    this.asked = this.next() ?? pairsOf(this.n)[0];
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
    this.changed();
  }

  ask(pair) {
    this.asked = pair;
    this.answer();
    this.settle();
  }

  // ---- elements

  buildControls() {
    this.progress = element("p", { class: "hint" });
    this.cards = [0, 1].map(() => ({ name: element("strong"), swings: element("ul") }));
    this.said = element("p", { class: "said" });
    this.onward = element("button", { type: "button", class: "onward", onclick: () => this.goOn() }, this.told("onward"));
    this.back = element("button", { type: "button", onclick: () => this.judge(null) }, this.told("take_back"));
    return element("section", { class: "controls", "aria-label": this.told("question") }, this.progress,
      element("div", { class: "cards" }, ...this.cards.map(({ name, swings }) => element("div", { class: "card" }, name, swings))),
      this.buildScale(), this.said, element("div", { class: "buttons" }, this.onward, this.back),
      this.buildSave(this.told("keep"), this.question.holder));
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
    return element("fieldset", {}, element("legend", {}, this.told("legend")),
      element("div", { class: "sides", "aria-hidden": "true" }, this.sides[0], element("span", {}, this.told("same_mark")), this.sides[1]),
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
    this.list = element("ol", { class: "shares", role: "list", "aria-label": this.told("shares") }, ...this.bars.map(({ whole }) => whole));
    this.coherence = element("p", { class: "coherence" });
    this.contradiction = element("p", { class: "contradiction" });
    this.again = element("button", { type: "button", onclick: () => this.ask(this.found.contributions[0].pair) }, this.told("again"));
    this.pairs = pairsOf(this.n).map((pair) => this.buildPair(pair));
    return element("section", { class: "answer", "aria-label": this.told("answer") }, this.list, this.coherence, this.contradiction, this.again,
      element("details", {}, element("summary", {}, this.told("pairs")), element("ul", { class: "pairs" }, ...this.pairs.map(({ whole }) => whole))));
  }

  buildPair(pair) {
    const text = element("span", { class: "grow" });
    const button = element("button", { type: "button", onclick: () => this.ask(pair) }, this.told("ask"));
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
      button.setAttribute("aria-label", this.told("ask_again", this.named(pair)));
    });
  }

  paintQuestion() {
    const { open, next } = this.found, { pairs } = this.question, ratio = this.ratio(this.asked);
    const useful = next && next[0] === this.asked[0] && next[1] === this.asked[1] ? this.told("useful") : "";
    say(this.progress, `${this.told("progress", { judged: pairs - open, pairs })} ${useful}`.trimEnd());
    this.asked.forEach((i, side) => {
      say(this.cards[side].name, this.labels[i]);
      this.cards[side].swings.replaceChildren(...this.question.items[i].swings.map((text) => element("li", {}, text)));
      say(this.sides[side], this.labels[i]);
    });
    for (const { radio, text, step } of this.steps) {
      radio.checked = ratio !== null && Math.abs(ratioOf(text) / ratio - 1) < 1e-9;
      radio.setAttribute("aria-label", this.stepText(this.asked, step));
    }
    say(this.said, ratio === null ? this.told("open") : this.judgementText(this.asked));
    this.back.disabled = ratio === null;
    this.onward.disabled = !next || useful !== "";
  }

  /** The labels of a pair, as the fields of a text about it. */
  named([i, j]) {
    return { first: this.labels[i], second: this.labels[j] };
  }

  stepText([i, j], step) {
    if (step === 0) return this.told("step_same");
    const times = Math.abs(step) + 1;
    return this.told("step", { ...this.named(step > 0 ? [i, j] : [j, i]), times, word: this.question.words[times - 1] });
  }

  judgementText(pair) {
    const ratio = this.ratio(pair);
    return ratio === null ? this.told("open_pair", this.named(pair)) : `${this.ratioText(pair, ratio)}.`;
  }

  /** A ratio in words: who is worth more, how many times, and Saaty's word for it where the ratio is one of his. */
  ratioText(pair, ratio) {
    const upper = Math.max(ratio, 1 / ratio), whole = Math.round(upper), about = this.named(ratio >= 1 ? pair : [pair[1], pair[0]]);
    if (Math.abs(upper - 1) < 1e-9) return this.told("same", about);
    const word = Math.abs(upper - whole) < 1e-9 && whole <= SCALE ? `, ${this.question.words[whole - 1]}` : "";
    return `${this.told("worth", { ...about, times: this.speech.digits(upper, 2) })}${word}`;
  }

  paintShares() {
    const { shares, parts } = this.found, points = shares && this.speech.allInPoints(shares);
    this.bars.forEach(({ fill, score }, i) => {
      fill.style.transform = `scaleX(${shares ? shares[i] : 0})`;
      say(score, shares ? points[i] : "–");
    });
    if (!shares) return say(this.finding, this.told("unlinked", { judgements: this.speech.counted(parts.length - 1, "more_judgement") }));
    const order = shares.map((_, i) => i).sort((a, b) => shares[b] - shares[a]);
    const [most, least] = [order[0], order.at(-1)];
    say(this.finding, this.told("finding", { most: this.labels[most], points: points[most], least: this.labels[least], fewest: points[least] }));
  }

  paintCoherence() {
    const { ratio, open, contributions: rows } = this.found, worst = rows?.find((row) => row.share > 1e-9 && !Number.isNaN(row.implied));
    this.again.hidden = !worst || worst !== rows[0];
    if (ratio === undefined) {
      say(this.coherence, "");
      return say(this.contradiction, "");
    }
    const fields = { ratio: this.speech.fixed(ratio, 3), table: this.question.table, limit: this.speech.fixed(COHERENT, 2) };
    const flattered = open ? this.told("flattered", { pairs: this.speech.counted(open, "open_pair") }) : "";
    say(this.coherence, `${this.told(ratio <= COHERENT ? "coherent" : "incoherent", fields)} ${flattered}`.trimEnd());
    say(this.contradiction, worst ? this.contradictionText(worst) : this.told("no_contradiction"));
  }

  contradictionText({ pair, judged, implied, then }) {
    const fields = { judged: this.ratioText(pair, judged), implied: this.ratioText(pair, implied), ratio: this.speech.fixed(then, 3) };
    return this.told("contradiction", fields);
  }

  settled() {
    say(this.live, `${this.said.textContent} ${this.finding.textContent} ${this.coherence.textContent}`);
  }
}
