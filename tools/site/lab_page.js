// The script of lab.html: the lab that the address asks for.

import { labOf, putStates } from "./lab_state.js";

// In a page of somebody else's the lab leads to places in its own frame, and leaves the page around it where it is.
if (window.parent !== window) {
  Element.prototype.scrollIntoView = function () {
    const { top, bottom } = this.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) scrollBy({ top, behavior: "instant" });
  };
}

/** Show the buttons that open the lab's other parts, or hide them. */
function followMore() {
  /** @type {HTMLButtonElement} */
  const more = document.querySelector("footer button");
  more.hidden = false;
  more.addEventListener("click", () => {
    const isOpen = document.querySelector(".one-lab").classList.toggle("with-buttons");
    more.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) document.querySelector(".ol-side > .ol-chips")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
}

const { state, hash } = labOf(location.hash);
if (hash !== location.hash) history.replaceState(history.state, "", hash);
putStates({ lab: state });
followMore();
addEventListener("hashchange", () => location.reload());
