const openLabs = new Set(); // {element, open(id)} of the labs that a link can open a finding in

/** The lab of the page that stands nearest to an element. */
function nearest(element) {
  const y = element.getBoundingClientRect().top;
  const away = ({ element: lab }) => {
    const { top, bottom } = lab.getBoundingClientRect();
    return Math.max(top - y, y - bottom, 0);
  };
  const shown = [...openLabs].filter(({ element: lab }) => lab.isConnected && lab.getClientRects().length > 0);
  return shown.sort((a, b) => away(a) - away(b))[0];
}

/** The id in an address such as #preset=past-the-edge, or "". */
export const presetIn = (address) => /#preset=([\w-]+)$/.exec(address)?.[1] ?? "";

/** A link to a finding opens it in the lab that is nearest, rather than lead anywhere. */
function followLink(event) {
  const link = event.target.closest?.('a[href*="#preset="]');
  const lab = link && presetIn(link.getAttribute("href")) && nearest(link);
  if (!lab) return;
  event.preventDefault();
  event.stopPropagation();
  lab.open(presetIn(link.getAttribute("href")));
  lab.element.scrollIntoView({ block: "nearest" });
}

/** Let the links of the text open findings in a lab; the function that is returned ends it. */
export function followPresetLinks(element, open) {
  if (openLabs.size === 0) document.addEventListener("click", followLink, true);
  const lab = { element, open };
  openLabs.add(lab);
  return () => {
    openLabs.delete(lab);
    if (openLabs.size === 0) document.removeEventListener("click", followLink, true);
  };
}
