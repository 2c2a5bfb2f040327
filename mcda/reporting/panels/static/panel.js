// What every panel shares: elements made of text, a shadow root of its own, keys kept from the notebook, light or dark.

/** An element with attributes, listeners (on…) and children; a string becomes text, never markup. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, given] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), given);
    else if (given !== false && given !== null && given !== undefined) made.setAttribute(key, given === true ? "" : given);
  }
  made.append(...children);
  return made;
}

/** Set text only where it changed: an untouched node costs no layout. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A host whose shadow root keeps the page's style out and ours in; `root` is focusable by nothing but its controls. */
function housed(el, root) {
  const host = element("div", { class: "mcda-panel" });
  const shadow = host.attachShadow({ mode: "open" }), sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(root);
  root.addEventListener("keydown", keepFromNotebook);
  el.replaceChildren(host);
  return followTheme(host);
}

/** A notebook in command mode takes plain keys from native controls: they end here. */
function keepFromNotebook(event) {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/** Follow the notebook's theme where there is one, else the reader's setting; returns how to stop. */
function followTheme(host) {
  const { body } = document;
  const read = () => {
    const light = body.dataset.jpThemeLight;
    host.dataset.theme = light === "false" || body.classList.contains("vscode-dark") ? "dark" : light ? "light" : "reader";
  };
  const observer = new MutationObserver(read);
  observer.observe(body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  read();
  return () => observer.disconnect();
}

/** A function that runs at most once in `wait` milliseconds, and once more for the last call. */
function throttled(wait, run) {
  let timer = 0;
  return () => {
    timer ||= setTimeout(() => {
      timer = 0;
      run();
    }, wait);
  };
}

/** A function that runs once, `wait` milliseconds after the last call. */
function rested(wait, run) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
}

/**
 * What a panel is made of: a question that stays, a choice that moves and travels, the language that it speaks, and who else
 * hears of it. A kind of panel says how it reads the question, builds its two columns, answers, and what is heard at rest.
 */
class Panel {
  constructor(kind, model, el) {
    this.kind = kind;
    this.model = model;
    this.question = model.get("question");
    this.speech = new Speech(model.get("spoken"));
    this.accept(model.get("chosen"));
    this.tell = throttled(KERNEL, () => this.push());
    this.settle = rested(TOLD, () => this.settled());
    this.heard = () => {
      if (JSON.stringify(model.get("chosen")) === this.pushed) return;
      this.accept(model.get("chosen"));
      this.answer();
      this.settle();
    };
    this.replied = (message) => message.told !== undefined && this.saved && say(this.saved, message.told);
    model.on("change:chosen", this.heard);
    model.on("msg:custom", this.replied);
    this.read();
    this.build();
    this.release = housed(el, this.root);
    this.answer();
    this.settled();
  }

  read() {}

  /** A finding, two columns below it, and what is heard. */
  build() {
    this.finding = element("p", { class: "finding" });
    this.live = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
    this.root = element("div", { class: this.kind, lang: this.speech.language }, this.finding,
      element("div", { class: "columns" }, this.buildControls(), this.buildAnswer()), this.live);
  }

  /** A text of the catalogue, by its name in the section of this kind or by its whole key. */
  told(key, fields) {
    return this.speech.told(key.includes(".") ? key : `${this.kind}.${key}`, fields);
  }

  changed() {
    this.answer();
    this.tell();
    this.settle();
  }

  accept(chosen) {
    this.pushed = JSON.stringify(chosen);
    this.take(structuredClone(chosen));
  }

  push() {
    const chosen = structuredClone(this.chosen);
    this.pushed = JSON.stringify(chosen);
    this.model.set("chosen", chosen);
    this.model.save_changes();
  }

  /** A name and a button that keep what was chosen, where there is a folder to keep it in. */
  buildSave(text, proposed) {
    if (!this.question.saves) return element("span", { hidden: true });
    this.saved = element("p", { class: "hint", role: "status" });
    const id = fresh("save"), name = element("input", { type: "text", id, value: proposed, maxlength: 80 });
    const save = () => {
      this.push();
      this.model.send({ save: name.value });
    };
    return element("div", { class: "save" }, element("label", { for: id }, text), name,
      element("button", { type: "button", onclick: save }, this.told("saved.button")), this.saved);
  }

  stop() {
    this.release();
    this.model.off("change:chosen", this.heard);
    this.model.off("msg:custom", this.replied);
  }
}

const KERNEL = 60, TOLD = 500;
let made = 0;
const fresh = (stem) => `${stem}-${++made}`;

/** A model for a page without a kernel: it holds the state and tells nobody. */
const alone = (state) => ({
  get: (key) => state[key], set: (key, given) => { state[key] = given; }, save_changes() {}, on() {}, off() {}, send() {},
});

/** How a kind of panel is shown: in a place, until it is stopped. */
const rendering = (kind, Kind) => ({ model, el }) => {
  el[kind] = new Kind(kind, model, el);
  return () => el[kind].stop();
};

/** Bring every panel of a page without a kernel to life: its state stands beside it, as JSON. */
function revive(kind, render) {
  for (const place of document.querySelectorAll(`[data-mcda="${kind}"]:not([data-alive])`)) {
    place.dataset.alive = "";
    const state = JSON.parse(place.querySelector("script[type='application/json']").textContent);
    render({ model: alone(state), el: place });
  }
}
