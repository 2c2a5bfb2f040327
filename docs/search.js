// How pages are ordered by the search: what answers a question before what lists a name.
var Scorer = {
  score: (result) => {
    const [page, title, anchor, description, score] = result;
    if (page.includes("CHANGELOG")) return score / 20;
    if (page.endsWith("/index")) return score / 3;
    if (page.includes("notebooks/")) return score / 4;
    if (page.includes("reference/")) return score / 2;
    if (/how-to\/|explanation\/|tutorials\//.test(page) && !anchor) return score * 3;
    return score;
  },
  objNameMatch: 8,
  objPartialMatch: 4,
  objPrio: {0: 4, 1: 2, 2: -5},
  objPrioDefault: 0,
  title: 20,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
