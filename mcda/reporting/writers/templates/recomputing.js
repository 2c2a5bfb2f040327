// The tables of ranks at the best estimates, computed again from the values and weights that the page carries.
// It stands behind model.js and digits.js of the explorer, whose data it takes.
{
  const said = document.getElementById("recomputed"), { explorer } = document.querySelector('[data-mcda="explorer"]');
  const shownScore = (number) => (number === 0 ? "0" : explorer.speech.fixed(number, Math.min(placesOf(number, 2), MOST_PLACES)));

  /** What a row of ranks and scores should say, by the id of the option. */
  function expected(shares, order, behind) {
    const { options, criteria, performance } = explorer.whole, floors = explorer.leaves.map((k) => (behind ? criteria[k].floor : null));
    const failed = failures(performance, floors, explorer.signs, explorer.leaves.map((k) => criteria[k].noise));
    const running = options.flatMap((_, i) => (failed[i].length ? [] : [i])), m = options.length;
    const scored = scores(explorer.table(order), explorer.leafWeights(shares));
    const places = ranks(scored, running, m);
    return Object.fromEntries(running.map((i) => [options[i].id, `${places[i]} ${shownScore(scored[i])}`]));
  }

  /** The cells of a table, each with what it says and what it should say. */
  function* compared(table) {
    const { order, side } = table.parentElement.dataset, heads = [...table.tHead.rows[0].cells];
    for (const row of table.tBodies[0].rows) {
      const [name, ...cells] = row.cells, holder = explorer.whole.holders.find((one) => one.name === name.textContent);
      const found = holder ? expected(holder.shares, Number(order), side === "behind") : {};
      for (const [at, cell] of cells.entries()) {
        const shows = `${cell.firstChild.textContent.trim()} ${cell.querySelector("small").textContent}`;
        const head = heads[at + 1];
        yield { place: `${name.textContent}, ${head.textContent}`, same: shows === found[head.dataset.option] };
      }
    }
  }

  const tables = explorer.whole.many ? [] : [...document.querySelectorAll("[data-order] > table")];
  const cells = tables.flatMap((table) => [...compared(table)]), other = cells.filter((cell) => !cell.same);
  if (cells.length) {
    const fields = {
      cells: cells.length, differ: other.length, first: other[0]?.place,
      tables: tables.map((table) => table.caption.querySelector("a").textContent).join(", "),
    };
    const sentence = other.length ? said.dataset.differs : said.dataset.matches;
    said.textContent = filled(sentence, fields);
    said.classList.toggle("alarm", other.length > 0);
    said.hidden = false;
  }
}
