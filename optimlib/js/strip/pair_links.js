// Links of the text such as #pair=860,45: they set the condition number and the angle of a Pair.

/** The Pairs of the page: {element, show(values)}. On the global, since Jupyter loads this module once for each widget. */
const PAIRS = Symbol.for("optimlib.pairs");

/** What an address such as #pair=860,45 asks for, or null. @returns {?{condition: number, angle: number}} */
export function pairIn(address) {
  const found = /#pair=(\d+),(\d+)$/.exec(address);
  if (!found) return null;
  const [condition, angle] = found.slice(1).map(Number);
  return condition >= 10 && condition <= 1000 && angle <= 90 ? { condition, angle } : null;
}

function followLink(event) {
  const link = event.target.closest?.('a[href*="#pair="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.href.split("#")[0] !== location.href.split("#")[0]) return;
  const wanted = pairIn(link.href);
  const pair = [...globalThis[PAIRS]].find(({ element }) => element.isConnected && element.getClientRects().length > 0);
  if (!wanted || !pair) return;
  event.preventDefault();
  event.stopPropagation();
  pair.show(wanted);
  pair.element.scrollIntoView({ block: "nearest" });
}

/** Let the links of the text set a Pair; the function that is returned ends it. */
export function followPairLinks(element, show) {
  if (!globalThis[PAIRS]) {
    globalThis[PAIRS] = new Set();
    document.addEventListener("click", followLink, true);
  }
  const pair = { element, show };
  globalThis[PAIRS].add(pair);
  return () => globalThis[PAIRS].delete(pair);
}
