// Lines along which a surface has one height, by marching squares.

/** Heights on a grid, row by row; what is not a finite number has no line through it. @typedef {number[][]} Heights */

/**
 * Heights that are to have lines: count of them, spread over the grid as evenly spaced rings are on a round valley. So a picture is
 * readable where the height spans orders of magnitude, too. @param {Heights} heights
 */
export function levelsOf(heights, count) {
  const sorted = Float64Array.from(heights.filter((_, row) => row % 3 === 0).flatMap((row) => row.filter(Number.isFinite))).sort(); // a third tells
  const shares = Array.from({ length: count }, (_, i) => (i + 1) / (count + 1));
  return shares.map((share) => sorted[Math.round(share * share * (sorted.length - 1))]);
}

/**
 * The lines of a level, each a list of [column, row], which need not be whole numbers. A closed one ends where it begins.
 * @param {Heights} heights
 * @param {number} level
 * @returns {number[][][]}
 */
export function levelLines(heights, level) {
  const next = nextEdges(heights, level);
  const lines = [];
  function follow(edge) {
    const line = [];
    for (let at = edge; at !== undefined; ) {
      line.push(pointOn(heights, level, at));
      const to = next.get(at).pop();
      if (to !== undefined) next.get(to).splice(next.get(to).indexOf(at), 1);
      at = to;
    }
    if (line.length > 1) lines.push(line);
  }
  // Those that end at the border first: what is then left is closed.
  for (const [edge, others] of next) if (others.length === 1) follow(edge);
  for (const edge of next.keys()) follow(edge);
  return lines;
}

/** Each edge of the grid that the level crosses, with those that its line crosses before it and after it. An edge is numbered as its first corner, doubled, and one more where it goes down. */
function nextEdges(heights, level) {
  const next = new Map();
  const link = (one, other) => (next.has(one) ? next.get(one).push(other) : next.set(one, [other]));
  for (let row = 0; row + 1 < heights.length; row++) {
    const upper = heights[row];
    const lower = heights[row + 1];
    for (let column = 0; column + 1 < upper.length; column++) {
      const a = upper[column] >= level;
      const b = upper[column + 1] >= level;
      const c = lower[column + 1] >= level;
      const d = lower[column] >= level;
      if (a === b && b === c && c === d) continue;
      const middle = (upper[column] + upper[column + 1] + lower[column + 1] + lower[column]) / 4;
      if (!Number.isFinite(middle)) continue;
      const corner = row * upper.length + column;
      const [top, left, right, bottom] = [2 * corner, 2 * corner + 1, 2 * corner + 3, 2 * (corner + upper.length)];
      const edges = [a !== b ? [top] : [], b !== c ? [right] : [], c !== d ? [bottom] : [], d !== a ? [left] : []].flat();
      // Where all four are crossed, the middle tells which corners are one side.
      const [one, two, three, four] = edges.length === 4 && a !== middle >= level ? [left, top, right, bottom] : edges;
      link(one, two);
      link(two, one);
      if (three === undefined) continue;
      link(three, four);
      link(four, three);
    }
  }
  return next;
}

/** Where an edge has the level. */
function pointOn(heights, level, edge) {
  const width = heights[0].length;
  const [corner, down] = [edge >> 1, edge & 1];
  const [row, column] = [Math.floor(corner / width), corner % width];
  const [from, to] = [heights[row][column], heights[row + down][column + 1 - down]];
  const share = (level - from) / (to - from);
  return down ? [column, row + share] : [column + share, row];
}
