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

let made = 0;
const fresh = (stem) => `${stem}-${++made}`;

/** A model for a page without a kernel: it holds the state and tells nobody. */
const alone = (state) => ({
  get: (key) => state[key], set: (key, given) => { state[key] = given; }, save_changes() {}, on() {}, off() {}, send() {},
});

/** Bring every panel of a page without a kernel to life: its state stands beside it, as JSON. */
function revive(kind, render) {
  for (const place of document.querySelectorAll(`[data-mcda="${kind}"]:not([data-alive])`)) {
    place.dataset.alive = "";
    const state = JSON.parse(place.querySelector("script[type='application/json']").textContent);
    render({ model: alone(state), el: place });
  }
}
