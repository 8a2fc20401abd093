// Asks the reader once whether the whole Python may come, and shows how far it is.

import { html } from "../../optimlib/js/ui/dom.js";
import { inline } from "../../optimlib/js/ui/inline.js";

/** Where it is kept that the reader said yes. */
const AGREED = "optimlib whole python";

/**
 * A bar at the foot of the page.
 * @param {() => Storage} open gives the storage; it throws where that is forbidden, and then the answer holds for this page
 * @returns {{agree: (megabytes: number, why: string) => Promise<boolean> | boolean, show: (loaded: number, all: number) => void}} for createPython
 */
export function createOffer(open) {
  let agreed = false;
  let size = 0;
  let bar = null;

  const remembered = () => {
    try {
      return open().getItem(AGREED) === "yes";
    } catch {
      return false;
    }
  };
  const remember = () => {
    agreed = true;
    try {
      open().setItem(AGREED, "yes");
    } catch {
      // It holds for this page.
    }
  };
  const place = (...children) => {
    bar ??= html("div", { class: "ol ol-offer", role: "dialog", "aria-label": "the whole Python" });
    bar.replaceChildren(...children);
    (document.fullscreenElement ?? document.body).append(bar); // a lab may fill the screen
  };
  const close = () => {
    bar?.remove();
    bar = null;
  };

  return {
    agree(megabytes, why) {
      size = megabytes;
      if (agreed || remembered()) return true;
      const before = /** @type {?HTMLElement} */ (document.activeElement);
      return new Promise((resolve) => {
        const answer = (yes) => {
          close();
          before?.focus?.({ preventScroll: true });
          if (yes) remember();
          resolve(yes);
        };
        const yes = html("button", { type: "button", class: "ol-check", onclick: () => answer(true) }, `Fetch it (${size} MB)`);
        const no = html("button", { type: "button", onclick: () => answer(false) }, "Not now");
        const words = `This program needs the whole Python (CPython), because of ${why}. It comes from this site, once, and then stays in this browser: ${size} MB.`;
        place(html("p", {}, ...inline(words)), html("div", { class: "ol-offer-buttons" }, yes, no));
        bar.onkeydown = ({ key }) => key === "Escape" && answer(false);
        yes.focus({ preventScroll: true });
      });
    },
    show(loaded, all) {
      if (loaded === all) return close();
      const label = `Fetching Python: ${((size * loaded) / all).toFixed(1)} of ${size} MB`;
      place(html("p", { role: "status" }, label), html("progress", { max: all, value: loaded, "aria-label": "fetching Python" }));
    },
  };
}
