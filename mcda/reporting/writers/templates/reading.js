// What a reader does with a page: search in it, take its tables along, see the reason behind a number. It sends nothing.
{
  const SHOWN = 60, AROUND = 50, PAUSE = 120;
  const PIECES = "h2, h3, p, li, caption, figcaption, dt, dd, tr, text";
  const LEFT_OUT = "small, .refs, .kind, button";
  const FORMULA = /^'*[=+\-@\t\r]/;

  const find = document.getElementById("find"), box = find.closest(".search");
  const told = box.querySelector("p"), list = box.querySelector("ol"), sentences = box.dataset;
  const group = sentences.group.replace(/\s/, " "), { point } = sentences; // the signs of numbers; every space of a cell is a plain one
  const NUMBER = new RegExp(`^[+-]?(\\d+|\\d{1,3}([${group}]\\d{3})+)([${point}]\\d+)?$`);

  const { highlights } = globalThis.CSS; // the explorer has a name CSS of its own

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = () => plain(find.value).split(/\s+/).filter(Boolean);
  const textOf = (piece) => [...(piece.cells ?? [piece])].map((one) => one.textContent).join(" ").replace(/\s+/g, " ").trim();

  // ---- search

  let pieces = null, hits = [], at = -1, timer = 0;

  /** Every piece of text of the page once, with the section that it stands in. */
  function collected() {
    return [...document.querySelectorAll("main > section")].flatMap((section) =>
      [...section.querySelectorAll(PIECES)].map((piece) => ({ piece, section, text: textOf(piece) }))
        .map((one) => ({ ...one, plain: plain(one.text) })));
  }

  function searched() {
    const asked = words();
    pieces ??= collected();
    hits = asked.join("").length > 1 ? pieces.filter((one) => asked.every((word) => one.plain.includes(word))) : [];
    at = -1;
    const sections = new Set(hits.map((one) => one.section)).size;
    told.textContent = hits.length ? filled(sentences.found, { places: hits.length, sections }) : find.value ? sentences.none : "";
    list.replaceChildren(...hits.slice(0, SHOWN).map((hit, number) => line(hit, number, asked[0])));
    highlights?.delete("found");
  }

  /** A line of the result: the section, and the words around what was found. */
  function line(hit, number, word) {
    const made = document.createElement("li"), link = document.createElement("a"), where = document.createElement("span");
    const place = Math.max(hit.plain.indexOf(word), 0), from = Math.max(place - AROUND, 0), to = place + word.length + AROUND;
    where.textContent = hit.section.querySelector("h2").textContent;
    link.href = `#${hit.section.id}`;
    link.append(where, ` ${from ? "…" : ""}${hit.text.slice(from, to)}${to < hit.text.length ? "…" : ""}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      shown(number);
    });
    made.append(link);
    return made;
  }

  /** Bring a hit into view: its annex is opened, its words are marked. */
  function shown(number) {
    at = number;
    const { piece } = hits[at], asked = words();
    for (let one = piece.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
    piece.scrollIntoView({ block: "center" });
    highlights?.set("found", new Highlight(...asked.flatMap((word) => rangesOf(piece, word))));
  }

  function rangesOf(piece, word) {
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT), ranges = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.data.toLowerCase();
      for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + word.length)) {
        const range = new Range();
        range.setStart(walker.currentNode, from);
        range.setEnd(walker.currentNode, from + word.length);
        ranges.push(range);
      }
    }
    return ranges;
  }

  find.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(searched, PAUSE);
  });
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    if (at < 0) searched();
    if (hits.length) shown((at + (event.shiftKey ? hits.length - 1 : 1)) % hits.length);
  });
  box.hidden = false;

  // ---- what leads out of the page opens beside it, also where the page stands in a frame

  for (const link of document.querySelectorAll("a[href^=http]")) link.target = "_blank";

  // ---- what stays in sight stays below the marking, which a narrow screen breaks into lines

  const marking = document.querySelector(".marking");
  new ResizeObserver(() => document.documentElement.style.setProperty("--marked", `${marking.offsetHeight}px`)).observe(marking);

  // ---- what is wider than the screen says so, and fades at its edge, until its end is in sight

  const NEAR = 2; // pixels from the end that count as the end: browsers round what they scroll
  function tellMore(wide) {
    if (wide.scrollWidth - wide.clientWidth - wide.scrollLeft > NEAR) wide.dataset.more = sentences.sideways;
    else delete wide.dataset.more;
  }
  const sized = new ResizeObserver((changed) => changed.forEach((one) => tellMore(one.target)));
  for (const wide of document.querySelectorAll(".scroll")) {
    wide.addEventListener("scroll", () => tellMore(wide), { passive: true });
    sized.observe(wide);
  }

  // ---- a table as CSV, as it stands in the page

  /** A text that no spreadsheet takes for a formula; a number has the signs of files, whatever those of the page. */
  function entry(shown) {
    const text = shown.replace(/^\u2212(?=\d)/, "-");
    if (NUMBER.test(text)) return text.replaceAll(group, "").replace(point, ".");
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /** What a cell says, the mark of its kind, what stands under it with where it leads, and its sources. */
  function partsOf(cell) {
    const bare = cell.cloneNode(true), all = (selector) => [...cell.querySelectorAll(selector)].map((one) => one.textContent.trim()).join("; ");
    bare.querySelectorAll(LEFT_OUT).forEach((one) => one.remove());
    const refs = [...cell.querySelectorAll("span.refs a")].map((one) => one.textContent).join("; ");
    const leads = [...cell.querySelectorAll("a[href^=http]")].map((one) => one.href);
    const under = [all("small"), ...leads].filter(Boolean).join("; ");
    return [bare.textContent.replace(/\s+/g, " ").trim(), all(".kind"), under, refs];
  }

  /** The heads of the columns, each behind the head of its group where it has one. */
  function headsOf(table) {
    const lines = [...table.tHead.rows], own = [...lines.at(-1).cells].map((cell) => cell.textContent.trim());
    if (lines.length === 1) return own;
    const groups = [...lines[0].cells].flatMap((cell) => Array(cell.colSpan).fill(cell.textContent.trim()));
    return own.map((name, column) => (groups[column] ? `${groups[column]}: ${name}` : name));
  }

  function csvOf(table) {
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map(partsOf)), named = headsOf(table);
    const extras = ["", sentences.kind, sentences.note, sentences.sources];
    const columns = named.flatMap((name, column) => extras.flatMap((extra, part) =>
      (part === 0 || rows.some((row) => row[column][part]) ? [{ column, part, name: extra ? `${name}, ${extra}` : name }] : [])));
    const lines = [columns.map((one) => one.name), ...rows.map((row) => columns.map((one) => row[one.column][one.part]))];
    return `\ufeff${lines.map((cells) => cells.map(entry).join(",")).join("\n")}\n`;
  }

  for (const table of document.querySelectorAll("main .scroll > table")) {
    const button = document.createElement("button"), { id } = table.parentElement;
    button.type = "button";
    button.textContent = "CSV";
    button.setAttribute("aria-label", filled(sentences.csv, { table: table.caption.querySelector("a").textContent }));
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([csvOf(table)], { type: "text/csv" }));
      link.download = `${id}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
    table.caption.append(" ", button);
  }

  // ---- the reason typed for a number stands once, in the annex of numbers; a cell shows it where the pointer rests

  document.querySelector("main").addEventListener("pointerover", (event) => {
    const cell = event.target.closest?.("td:not([title])"), links = [...(cell?.querySelectorAll("a[href^='#n-']") ?? [])];
    if (!links.length) return;
    const reasons = links.map((link) => [link, document.querySelector(link.hash)?.lastElementChild.firstChild?.textContent.trim()])
      .filter(([, reason]) => reason && reason !== sentences.unsaid);
    cell.title = reasons.map(([link, reason]) => (links.length > 1 ? `${link.textContent}: ${reason}` : reason)).join("\n");
  });
}
