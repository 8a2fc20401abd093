import { html } from "./dom.js";

/** For so long, in milliseconds, the page may still be scrolling to what a link sets: what leaves the sight later was scrolled away by the reader. */
const JUMP = 2000;

/**
 * The way back to a link of the text that led to a widget far from it: a button, which is there until it is pressed, or the link is seen
 * again. from(link) offers it; back() goes there, with the focus.
 */
export function createWayBack() {
  let link = null;
  let since = 0; // when the link was followed
  const element = html("button", { type: "button", class: "ol-chip ol-way-back", hidden: true, onclick: back }, "Back to where you were");
  const sight = new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1).isIntersecting;
    if (!isSeen && performance.now() - since < JUMP) element.hidden = false;
    else if (!isSeen && element.hidden) end();
    else if (isSeen && !element.hidden) end();
  });
  function end() {
    sight.disconnect();
    element.hidden = true;
    link = null;
  }
  function back() {
    if (!link?.isConnected) return;
    link.scrollIntoView({ block: "center", behavior: "instant" });
    link.focus({ preventScroll: true });
    end();
  }
  return {
    element,
    back,
    from(given) {
      end();
      link = given;
      since = performance.now();
      sight.observe(link);
    },
    end,
  };
}
