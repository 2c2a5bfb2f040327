// The panel of comparisons: two measures at a time, the ranking so far and its certainty, and why to stop.

const LISTED = 40;
const COLUMNS = ["holder", "says", "first", "second", "amount", "low", "high", "start", "second_start", "words", "as_of", "recorded_by"];
const WHY = {
  settled: "Nothing more need be asked: no answer would put another first.",
  sure: "Enough was said: it is first in as large a share of them as was asked for.",
  level: "More answers would change nothing that matters: where another is ahead, it is by too little to tell.",
  nothing_left: "No further comparison of two measures tells more about the first place.",
};

class Asking extends Panel {
  constructor(model, el) {
    super(model);
    this.leaves = this.question.leaves;
    this.labels = this.question.options.map((option) => option.label);
    this.steps = [];
    this.passed = new Set();
    this.settle = rested(TOLD, () => this.settled());
    this.build();
    this.release = housed(el, this.root);
    this.answer();
    this.settled();
  }

  take(chosen) {
    this.said = chosen.said;
  }

  get chosen() {
    return { said: this.said };
  }

  // ---- numbers

  /** The draws before anything was said here: they come with the question. */
  get start() {
    const { draws, bounds } = this.question, rows = bounds.map(({ row, equality }) => ({ row: Float64Array.from(row), equality }));
    return cloudOf(decoded(draws), this.leaves.length, rows);
  }

  /** The draws after each statement; those of statements that stand as they did are kept. */
  get cloud() {
    this.steps = this.steps.filter((step, at) => this.steps.slice(0, at + 1).every(({ said }, k) => said === this.said[k]));
    for (const said of this.said.slice(this.steps.length)) {
      const found = this.narrowed(said);
      this.steps.push({ said, cloud: found ? this.spread(found) : this.before(), isKept: Boolean(found) });
    }
    return this.before();
  }

  before() {
    this.whole ??= this.start;
    return this.steps.at(-1)?.cloud ?? this.whole;
  }

  /** The draws left by one more statement, as they stand; null where none keeps it. */
  narrowed(said) {
    return cut(this.before(), boundOf(said, this.leaves), uniforms(this.question.seed + this.steps.length));
  }

  spread(found) {
    return spread(found, this.whole.count, uniforms(this.question.seed + this.steps.length + 1));
  }

  // ---- answering

  /** Take an answer: what it says of the draws at hand is shown at once, the draws anew and the next question right after. */
  reply(word) {
    if (this.isBusy || !this.asked) return;
    const said = { ...answered(this.asked, word), words: this.wordsOf(this.asked, word), as_of: today(), recorded_by: "the panel of comparisons" };
    const left = this.narrowed(said);
    if (!left) return say(this.reaction, "That can't hold beside what was said before: take an answer back first.");
    this.said = [...this.said, said];
    this.paintRanking(standing(left, this.question.values));
    say(this.reaction, `You said: ${said.words}.`);
    this.wait(() => this.steps.push({ said, cloud: this.spread(left), isKept: true }));
  }

  pass() {
    if (this.isBusy || !this.asked) return;
    this.passed.add(pairName(this.asked.first, this.asked.second));
    say(this.reaction, "You passed: these two are not asked about again.");
    this.wait();
  }

  takeBack(said) {
    if (this.isBusy) return;
    this.said = this.said.filter((other) => other !== said);
    say(this.reaction, `Taken back: ${said.words}.`);
    this.wait();
    this.root.querySelector(".question").focus();
  }

  goOn() {
    this.isAsking = true;
    this.answer();
    this.root.querySelector(".question").focus();
  }

  /** Let the page show what there is, then find the next question. */
  wait(run = () => {}) {
    this.isBusy = true;
    this.root.setAttribute("aria-busy", "true");
    requestAnimationFrame(() => setTimeout(() => {
      run();
      this.answer();
      this.tell();
      this.settle();
    }));
  }

  /** Everything anew: who is first in the draws, why to stop or what to ask, and what was said. */
  answer() {
    const { cloud } = this, found = standing(cloud, this.question.values);
    const reason = reasonOf(found, this.question), isOver = reason === "settled" || (reason && !this.isAsking);
    this.asked = isOver ? null : nextComparison(cloud, found, this.leaves, this.passed);
    this.reason = isOver ? reason : this.asked ? "" : "nothing_left";
    this.found = found;
    this.paintRanking(found);
    this.paintQuestion();
    this.paintSaid();
    this.isBusy = false;
    this.root.removeAttribute("aria-busy");
  }

  // ---- elements

  build() {
    this.finding = element("p", { class: "finding" });
    this.live = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
    this.root = element("div", { class: "asking" }, this.finding,
      element("div", { class: "columns" }, this.buildQuestion(), this.buildAnswer()), this.live);
  }

  buildQuestion() {
    this.progress = element("p", { class: "hint" });
    this.title = element("h2", { class: "question", tabindex: -1 });
    this.cards = ["first", "second"].map((word, at) => this.buildCard(word, at));
    this.others = element("div", { class: "buttons" },
      element("button", { type: "button", onclick: () => this.reply("same") }, key(3), "Worth the same"),
      element("button", { type: "button", onclick: () => this.pass() }, key(4), "I can't say"));
    this.pair = element("div", {}, element("div", { class: "cards" }, ...this.cards.map(({ whole }) => whole)), this.others,
      element("p", { class: "hint" }, "Keys 1 to 4 answer while you are in this part."));
    this.onward = element("button", { type: "button", onclick: () => this.goOn() }, "Ask on all the same");
    this.reaction = element("p", { class: "said" });
    const keys = { 1: () => this.reply("first"), 2: () => this.reply("second"), 3: () => this.reply("same"), 4: () => this.pass() };
    const onkeydown = (event) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.target.localName !== "input";
      if (plain && !event.repeat && keys[event.key]) keys[event.key]();
    };
    return element("section", { class: "controls", "aria-label": "Question" }, element("div", { onkeydown }, this.progress, this.title, this.pair),
      this.onward, this.reaction, this.buildSaid(), this.buildSave("Keep these statements as those of", this.question.holder));
  }

  buildCard(word, at) {
    const name = element("strong"), move = element("p", { class: "move" });
    const button = element("button", { type: "button", class: "more", onclick: () => this.reply(word) }, key(at + 1), "Worth more");
    return { name, move, button, whole: element("div", { class: "card" }, name, move, button) };
  }

  buildSaid() {
    this.list = element("ol", { class: "pairs" });
    this.rows = element("textarea", { readonly: true, rows: 6, "aria-label": "Rows of statements.csv", spellcheck: "false" });
    this.file = element("a", { download: "statements.csv" }, "Keep them as a file");
    this.saidTitle = element("summary");
    this.kept = element("details", {}, element("summary", {}, "As rows of statements.csv"), this.rows, element("p", {}, this.file));
    return element("div", {}, element("details", {}, this.saidTitle, this.list), this.kept);
  }

  buildAnswer() {
    this.bars = this.labels.slice(0, LISTED).map(() => {
      const fill = element("span", { class: "fill" }), score = element("span", { class: "score" }), label = element("span", { class: "label" });
      const whole = element("li", { class: "share" }, label, score, element("span", { class: "bar", "aria-hidden": "true" }, fill));
      return { fill, score, label, whole };
    });
    this.counted = element("p", { class: "hint" });
    this.certainty = element("p", { class: "coherence" });
    const list = element("ol", { class: "shares", role: "list", "aria-label": "The ranking so far, with how often each comes first" }, ...this.bars.map(({ whole }) => whole));
    return element("section", { class: "answer", "aria-label": "The ranking so far" }, this.certainty, list, this.counted,
      element("p", { class: "hint" }, "At the best estimates of the facts. A share is one of weights that keep what was said, not the likelihood of an event."));
  }

  // ---- painting

  paintRanking({ shares, means, leader, certainty, behind, count }) {
    const order = shares.map((_, i) => i).sort((a, b) => shares[b] - shares[a] || means[b] - means[a] || a - b), told = percents(shares);
    this.bars.forEach(({ fill, score, label, whole }, at) => {
      const i = order[at];
      fill.style.transform = `scaleX(${shares[i]})`;
      say(label, this.labels[i]);
      say(score, told[i]);
      whole.classList.toggle("front", i === leader);
    });
    const answers = this.said.length, statements = `${answers} ${answers === 1 ? "answer" : "answers"}`;
    const kept = answers ? `that keep ${answers === 1 ? "your answer" : `your ${statements}`}` : "before any answer";
    say(this.finding, `${this.labels[leader]} is first in ${certainty < 1 ? told[leader] : "all"} of ${digits(count, 9)} sets of weights ${kept}.`);
    say(this.certainty, certainty < 1 ? `Where another option is ahead, it is by ${inPoints(behind)} points of 100 at most.` : "No other is ahead of it in any of them.");
    const rest = this.labels.length - this.bars.length;
    say(this.counted, rest > 0 ? `${rest} more options come first less often.` : "");
  }

  paintQuestion() {
    const { asked, reason } = this, answers = this.said.length;
    say(this.progress, `${answers} ${answers === 1 ? "question is" : "questions are"} answered.`);
    say(this.title, asked ? "Which improvement is worth more to you?" : WHY[reason]);
    this.pair.hidden = !asked;
    this.onward.hidden = Boolean(asked) || reason === "settled" || reason === "nothing_left";
    if (!asked) return;
    [asked.first, asked.second].forEach((key, at) => {
      const leaf = this.leafOf(key), move = this.moveOf(leaf, at ? asked.second_move : asked.first_move);
      say(this.cards[at].name, leaf.label);
      say(this.cards[at].move, move);
      this.cards[at].button.setAttribute("aria-label", `Worth more: ${leaf.label} ${move}`);
    });
  }

  paintSaid() {
    say(this.saidTitle, `What was said so far (${this.question.before.length + this.said.length})`);
    const before = this.question.before.map((words) => element("li", { class: "floor" }, element("span", { class: "grow" }, `${words} (from before)`)));
    const steps = this.said.map((said, at) => element("li", { class: "floor" },
      element("span", { class: "grow" }, `${said.words}${this.steps[at]?.isKept === false ? " (can't hold beside those above: not counted)" : ""}`),
      element("button", { type: "button", "aria-label": `Take back: ${said.words}`, onclick: () => this.takeBack(said) }, "Take back")));
    this.list.replaceChildren(...before, ...steps);
    const text = this.csv();
    this.kept.hidden = !this.said.length;
    this.rows.value = text;
    this.file.setAttribute("href", `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`);
  }

  // ---- words

  leafOf(key) {
    return this.leaves.find((leaf) => leaf.key === key);
  }

  moveOf(leaf, [from, to]) {
    return `from ${this.levelText(leaf, from)} to ${this.levelText(leaf, to)} ${leaf.unit}`.trimEnd();
  }

  /** A level in its number, with its word where the scale has one for it. */
  levelText(leaf, level) {
    const word = leaf.words[leaf.anchors.indexOf(level)];
    return word ? `${toldLevel(level)} (“${word}”)` : toldLevel(level);
  }

  wordsOf({ first, first_move, second, second_move }, word) {
    const one = this.leafOf(first), other = this.leafOf(second);
    const moves = [`${one.label} ${this.moveOf(one, first_move)}`, `${other.label} ${this.moveOf(other, second_move)}`];
    if (word === "same") return `${moves[0]} is worth as much as ${moves[1]}`;
    const [more, less] = word === "first" ? moves : moves.reverse();
    return `${more} is worth more than ${less}`;
  }

  /** The statements as the sheet "statements" has them. */
  csv() {
    const rows = this.said.map((said) => ({ ...said, holder: this.question.holder, says: "exchange" }));
    const cell = (given) => (/[",\n]/.test(`${given ?? ""}`) ? `"${`${given}`.replaceAll('"', '""')}"` : `${given ?? ""}`);
    return [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(","))].join("\n");
  }

  settled() {
    const { asked } = this;
    const next = asked ? `Next: ${this.cards.map(({ name, move }) => `${name.textContent} ${move.textContent}`).join(", or ")}?` : this.title.textContent;
    say(this.live, `${this.reaction.textContent} ${this.finding.textContent} ${next}`.trim());
  }
}

const key = (digit) => element("kbd", { "aria-hidden": "true" }, `${digit}`);
const toldLevel = (level) => (Number.isInteger(level) ? fixed(level, 0, { grouped: true }) : digits(level, 6));

/** Today where the reader is, as sheets write a date. */
function today() {
  const now = new Date(), two = (number) => `${number}`.padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function renderAsking({ model, el }) {
  const panel = new Asking(model, el);
  el.asking = panel;
  return () => panel.stop();
}
