// On the site what a reader writes of a rule is there again after a reload, as long as the tab is open. It runs when Run is pressed.

/** The place of a lab's rule, by the number of the lab on its page. */
const placeOf = (number) => `optimlib.own_rule ${location.pathname} ${number}`;

/** Keep a text; where the browser keeps nothing, it is not kept. */
export function keepRule(number, text) {
  try {
    sessionStorage.setItem(placeOf(number), text);
  } catch {
    // No storage, or no room in it.
  }
}

/** What was kept, or "". */
export function keptRule(number) {
  try {
    return sessionStorage.getItem(placeOf(number)) ?? "";
  } catch {
    return "";
  }
}
