import { html } from "./dom.js";
import { createPlace } from "./place.js";

/** What ends the way back that the page offers: on the global, since there is one for all widgets, whose scripts are several. */
const OFFERED = Symbol.for("optimlib.wayBack");

/** For so long, in milliseconds, the page may be scrolling to what a link sets: a link that leaves the sight later was scrolled away by the reader. */
const JUMP = 2000;

/** For so many frames what is given back may still change how high the page is. */
const FRAMES = 10;

/**
 * The way back from a widget to a link of the text that set it: a button, which is there while the link is out of sight, until it is pressed
 * or another link is followed. A link that stays in sight needs none.
 * from(link, restore) offers it, before the link changes anything; back() leads to where one was, with the focus, and calls restore(), which
 * gives the widget what it had before.
 */
export function createWayBack() {
  let followed = null; // of the link that was followed last: when, and whether it led far away
  const element = html("button", { type: "button", class: "ol-chip ol-way-back", hidden: true, onclick: back }, "Back to where you were");
  const sight = new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1).isIntersecting;
    if (!isSeen && !followed.isFar && performance.now() - followed.since > JUMP) return end();
    followed.isFar ||= !isSeen;
    element.hidden = isSeen;
  });
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
      globalThis[OFFERED]?.();
      globalThis[OFFERED] = end;
      followed = { link, place: createPlace(link), restore, since: performance.now(), isFar: false };
      followed.place.take();
      sight.observe(link);
    },
    end,
  };
}
