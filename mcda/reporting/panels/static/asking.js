// The panel of comparisons: two measures at a time, the ranking so far and its certainty, and why to stop.

const LISTED = 40;
const COLUMNS = ["holder", "says", "first", "second", "amount", "low", "high", "start", "second_start", "words", "as_of", "recorded_by"];

class Asking extends Panel {
  read() {
    this.leaves = this.question.leaves;
    this.labels = this.question.options.map((option) => option.label);
    this.steps = [];
    this.passed = new Set();
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
    const said = { ...answered(this.asked, word), words: this.wordsOf(this.asked, word), as_of: today(), recorded_by: this.told("recorded_by") };
    const left = this.narrowed(said);
    if (!left) return say(this.reaction, this.told("refused"));
    this.said = [...this.said, said];
    this.paintRanking(standing(left, this.question.values));
    say(this.reaction, this.told("said", { words: said.words }));
    this.wait(() => this.steps.push({ said, cloud: this.spread(left), isKept: true }));
  }

  pass() {
    if (this.isBusy || !this.asked) return;
    this.passed.add(pairName(this.asked.first, this.asked.second));
    say(this.reaction, this.told("passed"));
    this.wait();
  }

  takeBack(said) {
    if (this.isBusy) return;
    this.said = this.said.filter((other) => other !== said);
    say(this.reaction, this.told("taken_back", { words: said.words }));
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
      this.changed();
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

  buildControls() {
    this.progress = element("p", { class: "hint" });
    this.title = element("h2", { class: "question", tabindex: -1 });
    this.cards = ["first", "second"].map((word, at) => this.buildCard(word, at));
    this.others = element("div", { class: "buttons" },
      element("button", { type: "button", onclick: () => this.reply("same") }, key(3), this.told("same_answer")),
      element("button", { type: "button", onclick: () => this.pass() }, key(4), this.told("pass")));
    this.pair = element("div", {}, element("div", { class: "cards" }, ...this.cards.map(({ whole }) => whole)), this.others,
      element("p", { class: "hint" }, this.told("keys", { first: 1, last: 4 })));
    this.onward = element("button", { type: "button", onclick: () => this.goOn() }, this.told("onward"));
    this.reaction = element("p", { class: "said" });
    const keys = { 1: () => this.reply("first"), 2: () => this.reply("second"), 3: () => this.reply("same"), 4: () => this.pass() };
    const onkeydown = (event) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.target.localName !== "input";
      if (plain && !event.repeat && keys[event.key]) keys[event.key]();
    };
    return element("section", { class: "controls", "aria-label": this.told("part") }, element("div", { onkeydown }, this.progress, this.title, this.pair),
      this.onward, this.reaction, this.buildSaid(), this.buildSave(this.told("keep"), this.question.holder));
  }

  buildCard(word, at) {
    const name = element("strong"), move = element("p", { class: "move" });
    const button = element("button", { type: "button", class: "more", onclick: () => this.reply(word) }, key(at + 1), this.told("more_answer"));
    return { name, move, button, whole: element("div", { class: "card" }, name, move, button) };
  }

  buildSaid() {
    this.list = element("ol", { class: "pairs" });
    this.rows = element("textarea", { readonly: true, rows: 6, "aria-label": this.told("rows"), spellcheck: "false" });
    this.file = element("a", { download: "statements.csv" }, this.told("file"));
    this.saidTitle = element("summary");
    this.kept = element("details", {}, element("summary", {}, this.told("as_rows")), this.rows, element("p", {}, this.file));
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
    const list = element("ol", { class: "shares", role: "list", "aria-label": this.told("shares") }, ...this.bars.map(({ whole }) => whole));
    return element("section", { class: "answer", "aria-label": this.told("ranking") }, this.certainty, list, this.counted,
      element("p", { class: "hint" }, this.told("about_shares")));
  }

  // ---- painting

  paintRanking({ shares, means, leader, certainty, behind, count }) {
    const order = shares.map((_, i) => i).sort((a, b) => shares[b] - shares[a] || means[b] - means[a] || a - b), told = this.speech.percents(shares);
    this.bars.forEach(({ fill, score, label, whole }, at) => {
      const i = order[at];
      fill.style.transform = `scaleX(${shares[i]})`;
      say(label, this.labels[i]);
      say(score, told[i]);
      whole.classList.toggle("front", i === leader);
    });
    const answers = this.said.length, kept = answers > 1 ? "kept" : ["kept_none", "kept_one"][answers];
    say(this.finding, this.told(certainty < 1 ? "first" : "first_in_all", {
      option: this.labels[leader], share: told[leader], sets: this.speech.digits(count, 9),
      kept: this.told(kept, { answers: this.speech.counted(answers, "answer") }),
    }));
    say(this.certainty, this.told(certainty < 1 ? "ahead" : "never_ahead", { points: this.speech.inPoints(behind) }));
    const rest = this.labels.length - this.bars.length;
    say(this.counted, rest > 0 ? this.told("more_options", { count: rest }) : "");
  }

  paintQuestion() {
    const { asked, reason } = this;
    say(this.progress, `${this.speech.counted(this.said.length, "answered_question")}.`);
    say(this.title, this.told(asked ? "question" : reason));
    this.pair.hidden = !asked;
    this.onward.hidden = Boolean(asked) || reason === "settled" || reason === "nothing_left";
    if (!asked) return;
    [asked.first, asked.second].forEach((key, at) => {
      const leaf = this.leafOf(key), move = this.moveOf(leaf, at ? asked.second_move : asked.first_move);
      say(this.cards[at].name, leaf.label);
      say(this.cards[at].move, move);
      this.cards[at].button.setAttribute("aria-label", this.told("more_button", { criterion: leaf.label, move }));
    });
  }

  paintSaid() {
    say(this.saidTitle, this.told("so_far", { count: this.question.before.length + this.said.length }));
    const before = this.question.before.map((words) => element("li", { class: "floor" }, element("span", { class: "grow" }, this.told("from_before", { words }))));
    const steps = this.said.map((said, at) => element("li", { class: "floor" },
      element("span", { class: "grow" }, this.steps[at]?.isKept === false ? this.told("not_counted", { words: said.words }) : said.words),
      element("button", { type: "button", "aria-label": this.told("take_back_of", { words: said.words }), onclick: () => this.takeBack(said) }, this.told("take_back"))));
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
    return this.told("move", { from: this.levelText(leaf, from), to: this.levelText(leaf, to), unit: leaf.unit }).trimEnd();
  }

  /** A level in its number, with its word where the scale has one for it. */
  levelText(leaf, level) {
    const word = leaf.words[leaf.anchors.indexOf(level)], { speech } = this;
    const number = Number.isInteger(level) ? speech.fixed(level, 0, { grouped: true }) : speech.digits(level, 6);
    return word ? this.told("level_word", { number, word }) : number;
  }

  wordsOf({ first, first_move, second, second_move }, word) {
    const one = this.leafOf(first), other = this.leafOf(second);
    const moves = [`${one.label} ${this.moveOf(one, first_move)}`, `${other.label} ${this.moveOf(other, second_move)}`];
    if (word === "same") return this.told("as_much", { more: moves[0], less: moves[1] });
    const [more, less] = word === "first" ? moves : moves.reverse();
    return this.told("more", { more, less });
  }

  /** The statements as the sheet "statements" has them. */
  csv() {
    const rows = this.said.map((said) => ({ ...said, holder: this.question.holder, says: "exchange" }));
    const cell = (given) => (/[",\n]/.test(`${given ?? ""}`) ? `"${`${given}`.replaceAll('"', '""')}"` : `${given ?? ""}`);
    return [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(","))].join("\n");
  }

  settled() {
    const { asked } = this;
    const [first, second] = this.cards.map(({ name, move }) => `${name.textContent} ${move.textContent}`);
    const next = asked ? this.told("next", { first, second }) : this.title.textContent;
    say(this.live, `${this.reaction.textContent} ${this.finding.textContent} ${next}`.trim());
  }
}

const key = (digit) => element("kbd", { "aria-hidden": "true" }, `${digit}`);

/** Today where the reader is, as sheets write a date. */
function today() {
  const now = new Date(), two = (number) => `${number}`.padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
