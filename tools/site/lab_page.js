// The script of lab.html: the lab that the address asks for.

import { labOf, putStates } from "./lab_state.js";

// In a page of somebody else's the lab leads to places in its own frame, and leaves the page around it where it is.
if (window.parent !== window) {
  Element.prototype.scrollIntoView = function () {
    const { top, bottom } = this.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) scrollBy({ top, behavior: "instant" });
  };
}

const { state, hash } = labOf(location.hash);
if (hash !== location.hash) history.replaceState(history.state, "", hash);
putStates({ lab: state });
addEventListener("hashchange", () => location.reload());
