import { html } from "./dom.js";
import { createPlace } from "./place.js";

/** For so many frames what is given back may still change how high the page is. */
const FRAMES = 10;

/**
 * The way back from a widget to a link of the text that set it: a button, which is there while the link is out of sight, until it is pressed.
 * from(link, restore) offers it, before the link changes anything; back() leads to where one was, with the focus, and calls restore(), which
 * gives the widget what it had before.
 */
export function createWayBack() {
  let followed = null; // {link, place, restore} of the link that was followed last
  const element = html("button", { type: "button", class: "ol-chip ol-way-back", hidden: true, onclick: back }, "Back to where you were");
  const sight = new IntersectionObserver((entries) => (element.hidden = entries.at(-1).isIntersecting));
  function end() {
    sight.disconnect();
    element.hidden = true;
    followed = null;
  }
  function back() {
    if (!followed) return;
    const { link, place, restore } = followed;
    end();
    restore();
    place.comeBack(() => followed === null && link.isConnected, FRAMES);
    link.focus({ preventScroll: true });
  }
  return {
    element,
    back,
    from(link, restore) {
      end();
      followed = { link, place: createPlace(link), restore };
      followed.place.take();
      sight.observe(link);
    },
    end,
  };
}
