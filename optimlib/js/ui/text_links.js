/** Of the elements of a page, {element}, the one that is shown nearest to another element. */
function nearest(places, element) {
  const y = element.getBoundingClientRect().top;
  const away = ({ element: place }) => {
    const { top, bottom } = place.getBoundingClientRect();
    return Math.max(top - y, y - bottom, 0);
  };
  const shown = [...places].filter(({ element: place }) => place.isConnected && place.getClientRects().length > 0);
  return shown.sort((a, b) => away(a) - away(b))[0];
}

/**
 * Links of the text that set a widget of their page, such as #preset=narrow, rather than lead anywhere; but not one to another page, or that
 * is to open in another tab. name: of the widgets, on the global, since Jupyter loads this module once for each of them; mark: what is in the
 * address of such a link; read(address): what it asks for, or something that is false.
 * Gives what lets them set a widget: (element, act), act being called with what a link asks for, and the link. The function that is returned ends it.
 */
export function textLinks({ name, mark, read }) {
  const key = Symbol.for(name);
  function follow(event) {
    const link = event.target.closest?.(`a[href*="${mark}"]`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.href.split("#")[0] !== location.href.split("#")[0]) return;
    const wanted = read(link.href);
    const place = wanted && nearest(globalThis[key], link);
    if (!place) return;
    event.preventDefault();
    event.stopPropagation();
    place.act(wanted, link);
    place.element.scrollIntoView({ block: "nearest" });
  }
  return (element, act) => {
    if (!globalThis[key]) {
      globalThis[key] = new Set();
      document.addEventListener("click", follow, true);
    }
    const place = { element, act };
    globalThis[key].add(place);
    return () => globalThis[key].delete(place);
  };
}
