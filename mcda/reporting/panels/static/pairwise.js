// What the judgement panel computes: pairwise ratios in; priorities, consistency, contradictions and the next question
// out. Matrices are arrays of rows; NaN is a pair that nobody judged. No page, no imports.

const FAINT = 1e-6, ROUNDING = 1e-9;

/** The number a judgement such as "3" or "1/3" holds. */
export function ratioOf(text) {
  const [above, below = "1"] = String(text).split("/");
  return Number(above) / Number(below);
}

/** The reciprocal matrix of judgements [first, second, ratio] among n items. */
export function matrixOf(judged, n) {
  const matrix = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : NaN)));
  for (const [i, j, text] of judged) {
    matrix[i][j] = ratioOf(text);
    matrix[j][i] = 1 / matrix[i][j];
  }
  return matrix;
}

const isJudged = (matrix) => matrix.map((row) => row.map((ratio) => !Number.isNaN(ratio)));

/** The pairs (i, j), i < j, of n items. */
export const pairsOf = (n) => Array.from({ length: n }, (_, i) => i).flatMap((i) =>
  Array.from({ length: n - i - 1 }, (_, k) => [i, i + 1 + k]));

/** The items in parts that judged pairs connect. */
export function partsOf(judged) {
  const part = judged.map((_, i) => i);
  for (const [i, j] of pairsOf(judged.length)) {
    if (judged[i][j] && part[i] !== part[j]) {
      const old = part[j];
      part.forEach((own, k) => { if (own === old) part[k] = part[i]; });
    }
  }
  return [...new Set(part)].map((own) => part.flatMap((other, k) => (other === own ? [k] : [])));
}

function laplacian(judged) {
  return judged.map((row, i) => row.map((own, j) =>
    (i === j ? row.filter((link, k) => link && k !== i).length : own ? -1 : 0)));
}

/** The inverse of a matrix, by elimination with the largest pivot. */
function inverse(matrix) {
  const n = matrix.length, rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    rows[k] = rows[k].map((entry) => entry / rows[k][k]);
    rows.forEach((row, i) => {
      if (i !== k && row[k]) rows[i] = row.map((entry, j) => entry - row[k] * rows[k][j]);
    });
  }
  return rows.map((row) => row.slice(n));
}

/** The pseudo-inverse of the Laplacian of a connected graph. */
function pseudoInverse(judged) {
  const n = judged.length;
  return inverse(laplacian(judged).map((row) => row.map((entry) => entry + 1 / n)))
    .map((row) => row.map((entry) => entry - 1 / n));
}

/** The log priorities that fit the logs of the judged ratios best. */
export function leastSquares(matrix) {
  const sums = matrix.map((row) => row.reduce((sum, ratio) => sum + (Number.isNaN(ratio) ? 0 : Math.log(ratio)), 0));
  return pseudoInverse(isJudged(matrix)).map((row) => row.reduce((sum, entry, j) => sum + entry * sums[j], 0));
}

/** The principal eigenvector, summing to one, and eigenvalue of a positive matrix, by powers. */
export function principal(matrix) {
  let vector = matrix.map(() => 1 / matrix.length), low = 0, high = 1;
  for (let step = 0; step < 2000 && high - low > 1e-15 * high; step++) {
    const next = matrix.map((row) => row.reduce((sum, entry, j) => sum + entry * vector[j], 0));
    const ratios = next.map((entry, i) => entry / vector[i]), total = next.reduce((a, b) => a + b);
    [low, high] = [Math.min(...ratios), Math.max(...ratios)];
    vector = next.map((entry) => entry / total);
  }
  return { vector, value: (low + high) / 2 };
}

/**
 * The matrix with its missing pairs filled so that the principal eigenvalue is least (Bozoki, Fulop and Ronyai, 2010).
 * There the pull of each filled pair on the eigenvalue, left x ratio x right, is the same from both sides.
 */
export function completed(matrix) {
  const gaps = pairsOf(matrix.length).filter(([i, j]) => Number.isNaN(matrix[i][j])), logs = leastSquares(matrix);
  const filled = matrix.map((row) => row.slice());
  const set = (i, j, ratio) => { filled[i][j] = ratio; filled[j][i] = 1 / ratio; };
  for (const [i, j] of gaps) set(i, j, Math.exp(logs[i] - logs[j]));
  for (let round = 0, change = Infinity; gaps.length && round < 500 && change > 1e-13; round++) {
    const right = principal(filled).vector, left = principal(filled.map((row, i) => row.map((_, j) => filled[j][i]))).vector;
    change = 0;
    for (const [i, j] of gaps) {
      const ratio = Math.sqrt((right[i] * left[j]) / (right[j] * left[i]));
      change = Math.max(change, Math.abs(Math.log(ratio / filled[i][j])));
      set(i, j, ratio);
    }
  }
  return filled;
}

/** Saaty's consistency ratio of a complete matrix, for the mean index of random matrices of its size. */
export function consistencyRatio(value, n, randomIndex) {
  const excess = Math.max(value - n, 0);
  return randomIndex ? (excess > 1e-12 * n ? excess : 0) / Math.max(n - 1, 1) / randomIndex : 0;
}

/** Priorities and consistency ratio of judgements that connect every item. */
export function priorities(matrix, randomIndex) {
  const { vector, value } = principal(completed(matrix));
  return { shares: vector, ratio: consistencyRatio(value, matrix.length, randomIndex) };
}

/**
 * Every judgement beside what the others imply, the one that adds most to the error first: [i, j], judged, implied
 * (NaN where nothing else speaks of the pair), its share of the error, and the ratio if it were as implied.
 */
export function contributions(matrix, randomIndex) {
  const judged = isJudged(matrix), logs = leastSquares(matrix), inverted = pseudoInverse(judged);
  const rows = pairsOf(matrix.length).filter(([i, j]) => judged[i][j]).map(([i, j]) => {
    const error = Math.log(matrix[i][j]) - logs[i] + logs[j];
    const free = 1 - (inverted[i][i] + inverted[j][j] - 2 * inverted[i][j]), known = free > ROUNDING;
    const implied = known ? Math.exp(Math.log(matrix[i][j]) - error / free) : NaN;
    return { pair: [i, j], judged: matrix[i][j], implied, error, weight: known ? Math.round((error * error) / free * 1e9) : 0 };
  });
  const total = Math.max(rows.reduce((sum, { error }) => sum + error * error, 0), ROUNDING ** 2);
  return rows.map((row) => ({ ...row, share: (row.error * row.error) / total, then: ratioThen(matrix, row, randomIndex) }))
    .sort((a, b) => b.weight - a.weight);
}

function ratioThen(matrix, { pair: [i, j], implied, judged }, randomIndex) {
  const changed = matrix.map((row) => row.slice()), ratio = Number.isNaN(implied) ? judged : implied;
  changed[i][j] = ratio;
  changed[j][i] = 1 / ratio;
  const logs = leastSquares(changed);
  const filled = changed.map((row, a) => row.map((entry, b) => (Number.isNaN(entry) ? Math.exp(logs[a] - logs[b]) : entry)));
  return consistencyRatio(principal(filled).value, matrix.length, randomIndex);
}

/** The unjudged pair of which the judged ones say least, or null: parts that nothing connects come first. */
export function nextQuestion(matrix) {
  const judged = isJudged(matrix);
  const inverted = inverse(laplacian(judged).map((row, i) => row.map((entry, j) => entry + (i === j ? FAINT : 0))));
  const resistance = ([i, j]) => Math.round((inverted[i][i] + inverted[j][j] - 2 * inverted[i][j]) * 1e6);
  const open = pairsOf(matrix.length).filter(([i, j]) => !judged[i][j]);
  return open.reduce((best, pair) => (best && resistance(best) >= resistance(pair) ? best : pair), null);
}
