// The panel of packages: parts held in or out, and which packages are left.

const LISTED = 40; // rows of the table
const PLACES = [[true, "in"], [undefined, "either"], [false, "out"]]; // what is held, and the name of its text

/** The packages that hold every part held in and none held out. */
export const packagesLeft = (packages, parts, held) => packages.filter((one) =>
  parts.every(({ key }, at) => !(key in held) || held[key] === one.held[at]));

class Holding extends Panel {
  take(chosen) {
    Object.assign(this, { held: chosen.held, package: chosen.package });
  }

  get chosen() {
    return { held: this.held, package: this.package };
  }

  set(key, place) {
    const { [key]: _, ...others } = this.held;
    this.held = place === undefined ? others : { ...others, [key]: place };
    this.changed();
  }

  choose(name) {
    this.package = name;
    this.changed();
  }

  // ---- elements

  buildControls() {
    this.parts = this.question.parts.map((part) => this.buildPart(part));
    this.free = element("button", { type: "button", onclick: () => { this.held = {}; this.changed(); } }, this.told("nothing"));
    return element("section", { class: "controls", "aria-label": this.told("controls") },
      element("p", { class: "hint" }, this.told("about")),
      ...this.parts.map(({ whole }) => whole), element("div", { class: "buttons" }, this.free),
      this.buildSave(this.told("keep"), ""));
  }

  buildPart({ key, label }) {
    const name = fresh("part"), note = element("span", { class: "soft" });
    const places = PLACES.map(([place, name]) => ({ place, text: this.told(name) }));
    const radios = places.map(({ place, text }) => ({ place, radio: element("input", { type: "radio", name, class: "unseen",
      "aria-label": `${label}: ${text}`, onchange: () => this.set(key, place) }), text }));
    const steps = radios.map(({ radio, text }) => element("label", { class: "step" }, radio, element("span", { "aria-hidden": "true" }, text)));
    const whole = element("div", { class: "part", role: "radiogroup", "aria-label": label },
      element("span", { class: "grow" }, element("span", {}, label), " ", note), element("div", { class: "three" }, ...steps));
    return { key, radios, note, whole };
  }

  buildAnswer() {
    const { columns } = this.question, id = fresh("package");
    this.picked = element("select", { id, onchange: () => this.choose(this.picked.value) });
    this.made = element("p", { class: "said" });
    this.more = element("p", { class: "hint" });
    this.body = element("tbody");
    const heads = [this.told("column.package"), ...columns.map(({ label, better }) => (better ? `${label}, ${this.told(`direction.${better}`)}` : label))];
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)))), this.body);
    return element("section", { class: "answer", "aria-label": this.told("left") },
      element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": this.told("left_table") }, table), this.more,
      element("div", { class: "holders" }, element("label", { for: id }, this.told("chosen")), this.picked), this.made,
      ...this.question.told.map((text) => element("p", { class: "hint" }, text)));
  }

  // ---- painting

  answer() {
    const { parts, packages } = this.question;
    this.left = packagesLeft(packages, parts, this.held);
    if (!this.left.some(({ name }) => name === this.package)) this.package = this.left[0]?.name ?? "";
    this.paintFinding();
    this.parts.forEach((part, at) => this.paintPart(part, at));
    this.body.replaceChildren(...this.left.slice(0, LISTED).map((one) => this.row(one)));
    say(this.more, this.left.length > LISTED ? this.told("more", { count: this.left.length - LISTED }) : "");
    this.picked.replaceChildren(...this.left.map(({ name }) => element("option", { value: name }, name)));
    this.picked.value = this.package;
    const own = this.left.find(({ name }) => name === this.package);
    say(this.made, own ? this.told("made_of", { package: own.name, parts: this.namesOf(own) }) : "");
    this.free.disabled = !Object.keys(this.held).length;
  }

  namesOf(one) {
    const names = this.question.parts.filter((_, at) => one.held[at]).map(({ label }) => label);
    return names.length ? this.speech.listed(names) : this.told("packages.no_part");
  }

  paintFinding() {
    const { packages, columns } = this.question, all = packages.length, count = this.left.length;
    if (!count) return say(this.finding, this.told("none_left"));
    const ends = columns.flatMap(({ label, better }, at) => (better ? [`${label} ${this.range(at)}`] : []));
    const total = this.speech.counted(all, "package_left");
    say(this.finding, this.told("finding", { left: count, packages: total, ends: ends.join(this.told("join.semicolon")) }));
  }

  /** The least and the most of a column among the packages left, as they are told. */
  range(at) {
    const sorted = [...this.left].sort((a, b) => a.amounts[at] - b.amounts[at]);
    const [low, high] = [sorted[0].told[at], sorted.at(-1).told[at]];
    return low === high ? low : this.told("cell.range", { low, high });
  }

  paintPart({ key, radios, note }, at) {
    for (const { place, radio } of radios) radio.checked = this.held[key] === place;
    const count = this.left.filter((one) => one.held[at]).length, all = this.left.length;
    const where = count === all ? "in_all" : count ? "in_some" : "in_none";
    say(note, all ? this.told(where, { count, all }) : "");
  }

  row(one) {
    const own = one.name === this.package;
    return element("tr", { class: own ? "own" : false }, element("th", { scope: "row" }, one.name),
      ...one.told.map((text, at) => element("td", {}, this.isBest(one, at) ? element("strong", {}, text) : text)));
  }

  /** Whether no package that is left has more of what counts, or less where less is better. */
  isBest(one, at) {
    const { better } = this.question.columns[at], sign = better === "max" ? 1 : -1;
    return better !== "" && this.left.every((other) => sign * other.amounts[at] <= sign * one.amounts[at]);
  }

  settled() {
    say(this.live, `${this.finding.textContent} ${this.made.textContent}`.trim());
  }
}
