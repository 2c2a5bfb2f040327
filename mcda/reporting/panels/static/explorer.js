// The explorer: sliders for what counts, and the ranking that answers. It draws; model.js computes, words.js speaks.

const REST = 1000;
const AS_STATED = "as stated";
const PAGE = 10, POINT = 1;

class Explorer extends Panel {
  constructor(...given) {
    super(...given);
    this.watchSize();
    this.reference = this.found;
  }

  read() {
    this.whole = this.question;
    this.readShape();
  }

  /** The question in the shape on show: its criteria, values and shares take the place of those as stated. */
  readShape() {
    const { structures = [], draws, undrawn } = this.whole, other = structures.find((one) => one.name === this.structure);
    const unseen = draws ? this.told("undrawn") : undrawn;
    const named = (one) => this.whole.criteria.find((stated) => stated.key === one) ?? one; // as stated by its key alone
    const drawn = { draws: other?.draws ?? null, undrawn: other?.undrawn ?? unseen };
    this.question = other ? { ...this.whole, ...other, criteria: other.criteria.map(named), ...drawn } : this.whole;
    this.prepared = null;
    this.readQuestion();
  }

  readQuestion() {
    const { options, criteria, values, chance, otherwise, draws } = this.question;
    this.m = options.length;
    this.labels = options.map((option) => option.label);
    this.parents = criteria.map((criterion) => criteria.findIndex((other) => other.key === criterion.parent));
    this.leaves = criteria.flatMap((criterion, k) => (criterion.leaf ? [k] : []));
    this.siblings = criteria.map((_, k) => this.parents.flatMap((parent, at) => (parent === this.parents[k] ? [at] : [])));
    this.signs = this.leaves.map((k) => (criteria[k].direction === "max" ? 1 : -1));
    this.flat = values.flat();
    this.instead = otherwise?.flat();
    // what an option is worth on a leaf: the mean of the lottery where it may fail to come about
    const mean = (value, i, j) => chance[i] * value + (1 - chance[i]) * otherwise[i][j];
    this.worth = chance ? values.map((row, i) => row.map((value, j) => mean(value, i, j))) : values;
    this.drawn = draws ? this.readDraws(draws) : null;
  }

  /** The draws of the shape on show, (count, options, columns), flat; columns may travel by their place as stated. */
  readDraws({ values, columns, instead, count }) {
    if (values) return decoded(values);
    const stated = this.whole.draws && decoded(this.whole.draws.values);
    return joined(columns.map((one) => (typeof one === "string" ? decoded(one) : one)), stated, count * this.m, instead);
  }

  /** Take a state as it travels: shares by criterion, what is held, method, floors, options set aside. */
  take(chosen) {
    const shown = this.structure;
    Object.assign(this, { structure: AS_STATED }, chosen);
    this.gesture = this.prepared = null;
    if (this.root && this.structure !== shown) this.rebuild();
  }

  get chosen() {
    const { shares, held, method, p, floors, off, holder, structure } = this;
    return { shares, held, method, p, floors, off, holder, structure };
  }

  /** A new gesture starts: what is shown now is what later changes are compared with. */
  begin(gesture) {
    const now = performance.now(), paused = !this.dragging && now - (this.movedAt ?? 0) > REST;
    if (gesture !== this.gesture || paused) {
      this.reference = this.found;
      this.base = this.shares.slice();
    }
    this.gesture = gesture;
    this.movedAt = now;
  }

  // ---- numbers

  /** The values at the best estimates, ready for distances of order p; a lottery where options may fail to come about. */
  table(p) {
    const made = (values) => prepare(values, this.m, this.leaves.length, p), happens = made(this.flat);
    return this.instead ? lottery(happens, made(this.instead), this.question.chance) : happens;
  }

  /** The tables for the exponent in force: the best estimates, and the draws where there are any. */
  tables() {
    const p = this.method === "topsis" ? this.p : 1, made = this.instead ? lotteries : prepare;
    if (this.prepared?.p !== p) {
      this.prepared = { p, best: this.table(p), draws: this.drawn && made(this.drawn, this.m, this.leaves.length, p) };
    }
    return this.prepared;
  }

  leafWeights(shares) {
    const down = weightsDown(this.parents, shares);
    return this.leaves.map((k) => down[k]);
  }

  compute() {
    const { best, draws } = this.tables(), { options, performance, criteria } = this.question;
    const floors = this.leaves.map((k) => this.floors[criteria[k].key] ?? null);
    const failed = failures(performance, floors, this.signs, this.leaves.map((k) => criteria[k].noise));
    const running = options.flatMap((option, i) => (failed[i].length || this.off.includes(option.id) ? [] : [i]));
    const weights = this.leafWeights(this.shares), scored = scores(best, weights);
    const found = {
      failed, running, scored, weights, order: ordered(scored, running), ranks: ranks(scored, running, this.m),
      bands: bands(scored, running, this.m, this.question.band),
    };
    return draws && running.length ? { ...found, draws: this.computeDraws(draws, weights, running) } : found;
  }

  computeDraws(draws, weights, running) {
    const scored = scores(draws, weights), shares = acceptability(scored, running, this.m);
    const spans = [];
    for (const option of running) spans[option] = quantiles(scored, option, this.m, [0.05, 0.95]);
    return { shares, spans, means: means(scored, running, this.m), count: this.question.draws.count };
  }

  /** Siblings' shares with one moved, from where the gesture began: going back leads back. */
  moved(base, k, to) {
    const group = this.siblings[k], at = group.indexOf(k), shares = base.slice();
    const own = group.map((j) => base[j]), held = group.map((j) => this.held[j]);
    const usual = group.map((j) => this.holderShares()[j]);
    const next = move(own, held, at, to, usual);
    group.forEach((j, i) => { shares[j] = next[i]; });
    return shares;
  }

  holderShares() {
    return (this.question.holders.find((one) => one.name === this.holder) ?? this.question.holders[0]).shares;
  }

  set(k, to, gesture = `weight ${k}`) {
    this.begin(gesture);
    this.active = k;
    this.shares = this.moved(this.base, k, to);
    this.changed();
  }

  /** How far one weight can go: what is left when those held keep theirs. */
  most(k) {
    return 1 - this.siblings[k].reduce((sum, j) => sum + (j !== k && this.held[j] ? this.shares[j] : 0), 0);
  }

  stuck(k) {
    return this.held[k] || this.siblings[k].every((j) => j === k || this.held[j]);
  }

  // ---- elements

  build() {
    super.build();
    this.short = element("p", { class: "short", "aria-hidden": "true" });
    this.finding.after(this.short);
  }

  buildControls() {
    return element("section", { class: "controls", "aria-label": this.told("controls") },
      this.buildHolders(), this.buildShapes(), this.buildWeights(), this.buildMethod(), this.buildFloors(), this.buildOptions(),
      this.buildSave(this.told("keep"), this.told("own_name")));
  }

  buildHolders() {
    const id = fresh("holder"), { holders } = this.question;
    this.picked = element("select", { id, onchange: () => this.pick(this.picked.value) },
      ...holders.map(({ name }) => element("option", { value: name }, name)));
    this.back = element("button", { type: "button", onclick: () => this.pick(this.holder) }, this.told("undo"));
    return element("div", { class: "holders" }, element("label", { for: id }, this.told("start")), this.picked, this.back);
  }

  /** The list of shapes that the question states, where it states any, and what the one on show changes. */
  buildShapes() {
    const { structures = [], unshown = [] } = this.whole;
    if (!structures.length && !unshown.length) return element("span", { hidden: true });
    const id = fresh("shape"), choices = [{ name: AS_STATED, label: this.told("as_stated") }, ...structures];
    this.shapePicked = element("select", { id, onchange: () => this.reshape(this.shapePicked.value) },
      ...choices.map(({ name, label }) => element("option", { value: name }, label)));
    this.shapePicked.value = this.structure;
    const { told } = structures.find((one) => one.name === this.structure) ?? {};
    const rest = unshown.length ? this.told("unshown", { shapes: this.speech.listed(unshown) }) : "";
    const hint = [told ? this.told("changes", { changes: told }) : "", rest].filter(Boolean).join(" ");
    return element("div", { class: "holders" }, element("label", { for: id }, this.told("shape")), this.shapePicked,
      ...(hint ? [element("p", { class: "hint" }, hint)] : []));
  }

  /** Show the question in another shape, from the holder's weights in it; floors stay where their measure does. */
  reshape(name) {
    this.begin(`shape ${performance.now()}`);
    this.structure = name;
    this.rebuild();
    this.shares = this.holderShares().slice();
    this.held = this.question.criteria.map(() => false);
    this.floors = Object.fromEntries(Object.entries(this.floors).filter(([key]) => this.question.criteria.some((one) => one.key === key)));
    this.shapePicked.focus();
    this.changed();
  }

  rebuild() {
    const before = this.root;
    this.active = this.heights = null;
    this.readShape();
    this.build();
    this.root.addEventListener("keydown", keepFromNotebook);
    before.replaceWith(this.root);
    this.sizes.disconnect();
    this.watchSize();
  }

  pick(name) {
    this.begin(`holder ${performance.now()}`);
    this.holder = name;
    this.held = this.held.map(() => false);
    this.shares = this.holderShares().slice();
    this.active = null;
    this.changed();
  }

  buildWeights() {
    this.rows = [];
    const tops = this.parents.flatMap((parent, k) => (parent < 0 ? [k] : []));
    return element("fieldset", {}, element("legend", {}, this.told("weights")),
      element("p", { class: "hint" }, this.told("moving")),
      ...tops.map((k) => this.buildWeight(k)));
  }

  buildWeight(k) {
    const { label } = this.question.criteria[k], id = fresh("weight");
    const children = this.parents.flatMap((parent, j) => (parent === k ? [j] : []));
    const row = { range: this.buildRange(k, id), number: this.buildNumber(k), hold: this.buildHold(k) };
    row.marks = ["start", "switch", "switch"].map((kind) => element("span", { class: kind, hidden: true, "aria-hidden": "true" }));
    row.track = element("div", { class: "track" }, ...row.marks, row.range);
    row.whole = element("span", { class: "whole" });
    this.rows[k] = row;
    const name = element("label", { for: id }, label);
    const inner = children.length > 1 ? this.buildBelow(label, children) : [element("span", { class: "nofold" }), element("span")];
    const head = element("div", { class: "name" }, inner[0], name, row.whole);
    return element("div", { class: "weight" }, head, row.track, row.number, row.hold, inner[1]);
  }

  /** The button that unfolds what a head is made of, and the sliders it unfolds. */
  buildBelow(label, children) {
    const below = element("div", { class: "below", hidden: true, role: "group", "aria-label": this.told("below_in_points", { criterion: label }) },
      ...children.map((k) => this.buildWeight(k)));
    const fold = element("button", { type: "button", class: "fold", "aria-expanded": "false", "aria-label": this.told("below", { criterion: label }),
      onclick: () => {
        below.hidden = !below.hidden;
        fold.setAttribute("aria-expanded", String(!below.hidden));
      } });
    return [fold, below];
  }

  buildRange(k, id) {
    const range = element("input", { type: "range", id, min: 0, max: 100, step: "any", "data-criterion": this.question.criteria[k].key,
      oninput: () => this.set(k, range.value / 100), onkeydown: (event) => this.key(event, k),
      onfocus: () => this.attend(k),
      onpointerdown: () => { this.dragging = true; this.gesture = null; },
      onpointerup: () => { this.dragging = false; }, onpointercancel: () => { this.dragging = false; } });
    return range;
  }

  attend(k) {
    if (this.active === k) return;
    this.active = k;
    this.paintSwitch();
    this.publish();
  }

  /** One point by arrow, ten by page key, to whole points: the same in every browser. */
  key(event, k) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.stuck(k)) return;
    const points = 100 * this.shares[k], up = Math.floor(points + 1e-9) + POINT, down = Math.ceil(points - 1e-9) - POINT;
    const to = { ArrowRight: up, ArrowUp: up, ArrowLeft: down, ArrowDown: down, PageUp: up - POINT + PAGE,
      PageDown: down + POINT - PAGE, Home: 0, End: 100 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.set(k, to / 100);
  }

  buildNumber(k) {
    const { label } = this.question.criteria[k];
    const number = element("input", { type: "number", min: 0, max: 100, step: 1, inputmode: "decimal",
      "aria-label": this.told("in_points", { criterion: label }),
      onchange: () => {
        if (Number.isFinite(number.valueAsNumber)) this.set(k, number.valueAsNumber / 100, `typed ${k}`);
        else this.paintWeights();
      } });
    return number;
  }

  buildHold(k) {
    const { label } = this.question.criteria[k];
    return element("button", { type: "button", class: "hold", "aria-pressed": "false", "aria-label": this.told("hold", { criterion: label }),
      title: this.told("hold_this"), onclick: () => {
        this.held[k] = !this.held[k];
        this.base = this.shares.slice();
        this.changed();
      } });
  }

  buildMethod() {
    const name = fresh("method"), choice = (value, text) => {
      const radio = element("input", { type: "radio", name, value, onchange: () => this.choose(value) });
      return [radio, element("label", { class: "radio" }, radio, text)];
    };
    const [additive, first] = choice("additive", this.told("additive")), [topsis, second] = choice("topsis", "TOPSIS");
    this.radios = { additive, topsis };
    this.exponent = element("input", { type: "number", min: 1, max: 20, step: 0.5, "aria-label": this.told("exponent_of", { low: 1, high: 20 }),
      onchange: () => this.choose("topsis", this.exponent.valueAsNumber) });
    this.exponentLabel = element("span", { class: "exponent" }, `${this.told("exponent")} `, this.exponent);
    return element("fieldset", { class: "method" }, element("legend", {}, this.told("column.method")), first, second, this.exponentLabel);
  }

  choose(method, p = this.p) {
    this.begin(`method ${performance.now()}`);
    this.method = method;
    if (p >= 1 && p <= 20) this.p = p;
    this.changed();
  }

  buildFloors() {
    this.floorRows = this.leaves.map((k) => this.buildFloor(k));
    this.floorTitle = element("summary");
    return element("details", {}, this.floorTitle,
      element("p", { class: "hint" }, this.told("about_floors")),
      ...this.floorRows.map((row) => row.whole));
  }

  buildFloor(k) {
    const { key, label, unit, direction, floor } = this.question.criteria[k], side = this.told(direction === "max" ? "at_least" : "at_most");
    const number = element("input", { type: "number", step: "any", "data-floor": key, "aria-label": `${label}, ${side}, ${unit}`,
      onchange: () => this.setFloor(key, number.valueAsNumber) });
    const proposed = floor === null ? [] : [element("button", { type: "button",
      onclick: () => this.setFloor(key, key in this.floors ? NaN : floor) }, this.told("proposed", { floor: toldNumber(this.speech, floor) }))];
    const whole = element("div", { class: "floor" }, element("span", { class: "grow" }, label),
      element("span", { class: "soft" }, side), number, element("span", { class: "soft unit" }, unit), ...proposed);
    return { key, number, whole };
  }

  setFloor(key, number) {
    this.begin(`floor ${performance.now()}`);
    const { [key]: _, ...others } = this.floors;
    this.floors = Number.isFinite(number) ? { ...others, [key]: number } : others;
    this.changed();
  }

  buildOptions() {
    this.optionTitle = element("summary");
    this.boxes = this.question.options.map(({ id, label }) => element("input", { type: "checkbox", "data-option": id,
      "aria-label": label, onchange: () => this.toggle(id) }));
    return element("details", {}, this.optionTitle,
      element("p", { class: "hint" }, this.told("about_options")),
      ...this.boxes.map((box, i) => element("label", { class: "box" }, box, this.labels[i])));
  }

  toggle(id) {
    this.begin(`option ${performance.now()}`);
    this.off = this.off.includes(id) ? this.off.filter((other) => other !== id) : [...this.off, id];
    this.changed();
  }

  buildAnswer() {
    this.switching = element("p", { class: "switching" });
    this.items = this.question.options.map((option, i) => this.buildItem(option, i));
    this.list = element("ol", { class: "ranking", role: "list" }, ...this.items.map((item) => item.whole));
    this.key_ = element("p", { class: "hint" });
    this.body = element("tbody");
    const columns = ["column.rank", "column.option", "column.score", "since", ...(this.drawn ? ["over"] : [])].map((key) => this.told(key));
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...columns.map((text) => element("th", { scope: "col" }, text)))), this.body);
    this.story = element("p", { class: "story" });
    const words = element("details", { open: true }, element("summary", {}, this.told("in_words")), this.story,
      element("button", { type: "button", onclick: () => this.copy() }, this.told("copy")));
    return element("section", { class: "answer", "aria-label": this.told("ranking") }, this.switching, this.list, this.key_, words,
      element("details", {}, element("summary", {}, this.told("table")), element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": this.told("table_label") }, table)));
  }

  buildItem(option, i) {
    const part = (name, ...children) => element("span", { class: name }, ...children);
    const item = { rank: part("rank"), change: part("change"), score: part("score"), fill: part("fill"), ghost: part("ghost"),
      span: part("span"), strip: part("strip"), told: part("told") };
    const label = part("label", option.label, ...(option.baseline ? [" ", part("tag", this.told("baseline"))] : []));
    item.bar = element("span", { class: "bar", "aria-hidden": "true" }, item.fill, item.ghost, item.span);
    item.draws = part("draws", element("span", { class: "stripe", "aria-hidden": "true" }, item.strip), item.told);
    item.whole = element("li", { class: "item", "data-option": option.id }, item.rank, label, item.change, item.score, item.bar, item.draws);
    item.i = i;
    return item;
  }

  /** Rows stand where their measured heights put them: measured again when the width or a status changes. */
  watchSize() {
    this.sizes = new ResizeObserver(() => {
      this.heights = null;
      this.place();
    });
    this.sizes.observe(this.list);
  }

  // ---- painting

  answer() {
    this.found = this.compute();
    this.paintWeights();
    this.paintControls();
    this.paintItems();
    this.place();
    this.paintSwitch();
    this.publish();
  }

  paintWeights() {
    const down = weightsDown(this.parents, this.shares), start = this.holderShares(), told = this.points();
    this.rows.forEach((row, k) => {
      const points = told[k], stuck = this.stuck(k);
      row.range.value = 100 * this.shares[k];
      row.range.style.setProperty("--at", this.shares[k]);
      row.range.setAttribute("aria-valuetext", this.told("first_page.of_hundred", { number: this.speech.signed(points) }));
      if (row.number !== this.root.getRootNode().activeElement || row.number.value === "" || this.gesture !== `weight ${k}`) row.number.value = points;
      row.range.disabled = row.number.disabled = stuck;
      row.hold.setAttribute("aria-pressed", String(this.held[k]));
      this.mark(row.marks[0], start[k], Math.abs(start[k] - this.shares[k]) > 5e-4);
      say(row.whole, this.parents[k] < 0 ? "" : this.told("of_all", { points: this.speech.inPoints(down[k]) }));
    });
  }

  /** The weights as they are told: points of 100 that add up among siblings. */
  points() {
    return this.siblings.map((siblings, k) => {
      const points = parts(siblings.map((at) => 100 * this.shares[at]), 1);
      return bare(fixed(points[siblings.indexOf(k)], 1));
    });
  }

  mark(node, at, shown) {
    node.hidden = !shown;
    if (shown) node.style.setProperty("--at", at);
  }

  paintControls() {
    const start = this.holderShares(), floors = Object.keys(this.floors).length, off = this.off.length;
    this.picked.value = this.holder;
    this.back.disabled = this.shares.every((share, k) => Math.abs(share - start[k]) < 1e-9) && !this.held.some(Boolean);
    for (const [name, radio] of Object.entries(this.radios)) radio.checked = name === this.method;
    this.exponentLabel.hidden = this.method !== "topsis";
    this.exponent.value = this.p;
    say(this.floorTitle, floors ? this.told("floors", { count: floors }) : this.told("no_floors"));
    for (const { key, number } of this.floorRows) number.value = this.floors[key] ?? "";
    say(this.optionTitle, this.told(off ? "some_options" : "all_options", { left: this.m - off, all: this.m }));
    this.question.options.forEach(({ id }, i) => { this.boxes[i].checked = !this.off.includes(id); });
  }

  paintItems() {
    const { ranks, scored, bands, order, draws } = this.found;
    for (const item of this.items) {
      const rank = ranks[item.i];
      item.whole.classList.toggle("out", !rank);
      item.whole.classList.toggle("front", bands[item.i] === 1);
      say(item.rank, rank ? `${rank}` : "–");
      say(item.score, rank ? toldScore(this.speech, scored[item.i]) : "");
      this.paintChange(item, rank);
      if (rank) item.fill.style.transform = `scaleX(${scored[item.i]})`;
      this.paintDraws(item, rank ? draws : null);
    }
    const sentence = findingText(this.speech, this.labels, this.found, this.question.band);
    say(this.finding, draws ? `${sentence} ${drawsText(this.speech, this.labels, order, ranks, draws)}` : [sentence, this.question.undrawn].filter(Boolean).join(" "));
    say(this.short, order.length ? `1 (${toldScore(this.speech, scored[order[0]])}) ${this.labels[order[0]]}` : this.told("none_left_short"));
    say(this.key_, this.keyText(draws));
  }

  keyText(draws) {
    const line = this.told("about_bands", { width: this.speech.signed(this.question.band) });
    return [line, draws && this.told("about_draws", { share: this.speech.percent(0.9) }), this.question.many].filter(Boolean).join(" ");
  }

  paintChange(item, rank) {
    const before = this.reference, was = before?.ranks[item.i], text = changeText(this.speech, was, rank);
    say(item.change, text ? `${was > rank ? "▲" : "▼"} ${text}` : "");
    item.change.classList.toggle("up", was > rank);
    const moved = rank && was && Math.abs(before.scored[item.i] - this.found.scored[item.i]) > 5e-4;
    this.mark(item.ghost, moved ? before.scored[item.i] : 0, moved);
  }

  paintDraws(item, draws) {
    const { m } = this, failed = this.found.failed[item.i];
    item.span.hidden = item.strip.parentNode.hidden = !draws;
    if (!this.found.ranks[item.i]) return say(item.told, failed.length ? this.failedText(item.i, failed) : this.told("left_out"));
    if (!draws) return say(item.told, "");
    const [low, high] = draws.spans[item.i];
    item.span.style.setProperty("--low", low);
    item.span.style.setProperty("--high", high);
    item.strip.style.backgroundImage = strip(draws.shares, item.i, m);
    say(item.told, ranksText(this.speech, draws.shares, item.i, m, this.found.order));
  }

  failedText(i, failed) {
    const { criteria, performance } = this.question;
    return this.speech.listed(failed.map((j) => {
      const { label, key, direction } = criteria[this.leaves[j]];
      const fields = { criterion: label, number: toldNumber(this.speech, performance[i][j]), floor: toldNumber(this.speech, this.floors[key]) };
      return this.told(direction === "max" ? "below_floor" : "above_floor", fields);
    }));
  }

  place() {
    const { order, bands } = this.found, outside = this.items.map((item) => item.i).filter((i) => !this.found.ranks[i]);
    const status = this.items.map((item) => item.told.textContent !== "" && !item.told.parentNode.hidden).join();
    if (!this.heights || status !== this.status) this.heights = this.items.map((item) => item.whole.offsetHeight);
    this.status = status;
    let y = 0, band = 1;
    for (const i of [...order, ...outside]) {
      const own = bands[i] || 0;
      if (own !== band) y += 10;
      band = own;
      this.items[i].whole.style.transform = `translateY(${y}px)`;
      y += this.heights[i];
    }
    this.list.style.height = `${y}px`;
    this.orderNow = [...order, ...outside];
  }

  /** Where the leader changes as the weight in hand moves: said, and marked on its slider. */
  paintSwitch() {
    const k = this.active, { running } = this.found;
    this.rows.forEach((row) => row.marks.slice(1).forEach((node) => { node.hidden = true; }));
    this.switched = null;
    if (k === null || k === undefined || running.length < 2 || this.stuck(k)) {
      return say(this.switching, this.told("about_switches"));
    }
    const most = this.most(k), along = (t) => this.leafWeights(this.moved(this.shares, k, t));
    this.switched = { ...switching(this.tables().best, running, along, this.shares[k], most), most };
    say(this.switching, switchText(this.speech, this.question.criteria[k].label, this.labels, this.switched));
    [this.switched.below, this.switched.above].forEach((point, side) => this.mark(this.rows[k].marks[1 + side], point?.at ?? 0, Boolean(point)));
  }

  /** What tests and other scripts read: the numbers behind the picture. */
  publish() {
    const { ranks, scored, weights } = this.found;
    this.numbers = { ranks: [...ranks], scores: [...scored], weights, switching: this.switched };
    this.root.dataset.leader = this.found.order.length ? this.question.options[this.found.order[0]].id : "";
  }

  /** At rest: the order that a screen reader meets, the table, and one spoken sentence. */
  settled() {
    this.list.append(...this.orderNow.map((i) => this.items[i].whole));
    this.body.replaceChildren(...this.orderNow.map((i) => this.tableRow(this.items[i])));
    say(this.story, this.storyText());
    say(this.live, this.active === null || this.active === undefined ? this.finding.textContent : `${this.finding.textContent} ${this.switching.textContent}`);
  }

  /** What a reader needs to follow the ranking: whose weights, what was moved, who leads and why, by which method. */
  storyText() {
    const { order } = this.found, { criteria } = this.question, tops = this.parents.flatMap((parent, k) => (parent < 0 ? [k] : []));
    const names = tops.map((k) => criteria[k].label), start = this.holderShares(), pick = (shares) => tops.map((k) => shares[k]);
    const method = this.method === "additive" ? this.told("method.additive") : this.told("topsis", { exponent: this.speech.signed(this.p) });
    const why = order.length > 1 ? whyText(this.speech, this.labels[order[0]], this.labels[order[1]], names, this.gaps(order[0], order[1], tops)) : "";
    const shape = this.question === this.whole ? "" : this.told("shape_told", { shape: this.question.label });
    return [movesText(this.speech, this.holder, names, pick(start), pick(this.shares)), shape, this.told("ranked", { method }),
      this.finding.textContent, why, this.exclusionText()].filter(Boolean).join(" ");
  }

  /** By how much the weighted value of one option exceeds another's, for each top of the tree. */
  gaps(first, second, tops) {
    const values = this.worth, top = (k) => (this.parents[k] < 0 ? k : top(this.parents[k]));
    const gaps = this.leaves.map((k, j) => [top(k), this.found.weights[j] * (values[first][j] - values[second][j])]);
    return tops.map((k) => gaps.reduce((sum, [own, gap]) => (own === k ? sum + gap : sum), 0));
  }

  exclusionText() {
    const failed = this.items.filter(({ i }) => this.found.failed[i].length), off = this.items.filter(({ i }) => this.off.includes(this.question.options[i].id));
    const told = (key, items) => (items.length ? this.told(key, { options: this.speech.listed(items.map(({ i }) => this.labels[i])) }) : "");
    return [told("excluded", failed), told("set_aside", off)].filter(Boolean).join(" ");
  }

  /** Put the words on the clipboard; where the page may not, select them for the reader to copy. */
  copy() {
    const select = () => this.root.getRootNode().host.ownerDocument.getSelection().selectAllChildren(this.story);
    if (navigator.clipboard) navigator.clipboard.writeText(this.story.textContent).then(() => say(this.live, this.told("copied")), select);
    else select();
  }

  tableRow(item) {
    const cells = [item.rank, null, item.score, item.change, ...(this.drawn ? [item.told] : [])];
    return element("tr", {}, ...cells.map((node) => (node ? element("td", {}, node.textContent) : element("th", { scope: "row" }, this.labels[item.i]))));
  }

  stop() {
    super.stop();
    this.sizes.disconnect();
  }
}

/** Rank shares as one stripe: a step of colour for each rank, the fullest for the first. */
function strip(shares, option, m) {
  let from = 0;
  const steps = [];
  for (let rank = 1; rank <= m; rank++) {
    const to = from + 100 * shares[option * m + rank - 1];
    if (to > from) steps.push(`color-mix(in oklab, var(--bar) ${fixed(100 - (92 * (rank - 1)) / Math.max(m - 1, 1))}%, var(--ground)) ${fixed(from, 2)}% ${fixed(to, 2)}%`);
    from = to;
  }
  return `linear-gradient(to right, ${steps.join(", ")})`;
}
