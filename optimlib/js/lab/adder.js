import { html, setText } from "../ui/dom.js";
import { KINDS, LIMITS } from "../core/catalogue.js";
import { RULES } from "../core/rules.js";

/** The panel that adds a rule to the lab: any of the library, also twice. */
export function createAdder({ addRule }) {
  const buttons = Object.keys(RULES).map((kind) =>
    html("button", { type: "button", class: "ol-chip", onclick: () => isFull || addRule(kind) }, KINDS[kind].label),
  );
  let isFull = false;
  const status = html("p", { role: "status" });
  return {
    element: html("div", {}, html("div", { class: "ol-chips" }, ...buttons), status),
    draw({ lab }) {
      isFull = lab.rules.length >= LIMITS.rules;
      for (const button of buttons) button.setAttribute("aria-disabled", isFull); // it keeps the focus
      setText(status, isFull ? `${LIMITS.rules} rules are the most: remove one to add another.` : "");
    },
  };
}
