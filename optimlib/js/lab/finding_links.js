/** The labs of the page that a link can open a finding in: {element, open(id)}. On the global, since Jupyter loads this module once for each widget. */
const LABS = Symbol.for("optimlib.labs");

/** The lab of the page that stands nearest to an element. */
function nearest(labs, element) {
  const y = element.getBoundingClientRect().top;
  const away = ({ element: lab }) => {
    const { top, bottom } = lab.getBoundingClientRect();
    return Math.max(top - y, y - bottom, 0);
  };
  const shown = [...labs].filter(({ element: lab }) => lab.isConnected && lab.getClientRects().length > 0);
  return shown.sort((a, b) => away(a) - away(b))[0];
}

/** The id in an address such as #preset=past-the-edge, or "". */
export const presetIn = (address) => /#preset=([\w-]+)$/.exec(address)?.[1] ?? "";

/** A link to a finding opens it in the nearest lab, rather than lead anywhere; but not one to another page, or that is to open in another tab. */
function followLink(event) {
  const link = event.target.closest?.('a[href*="#preset="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.href.split("#")[0] !== location.href.split("#")[0]) return;
  const id = presetIn(link.href);
  const lab = id && nearest(globalThis[LABS], link);
  if (!lab) return;
  event.preventDefault();
  event.stopPropagation();
  lab.open(id);
  lab.element.scrollIntoView({ block: "nearest" });
}

/** Let the links of the text open findings in a lab; the function that is returned ends it. */
export function followPresetLinks(element, open) {
  if (!globalThis[LABS]) {
    globalThis[LABS] = new Set();
    document.addEventListener("click", followLink, true);
  }
  const lab = { element, open };
  globalThis[LABS].add(lab);
  return () => globalThis[LABS].delete(lab);
}
