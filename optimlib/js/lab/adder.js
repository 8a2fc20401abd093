import { html, setText } from "../ui/dom.js";
import { KINDS, MOST_RULES } from "./state.js";
import { RULES } from "../core/rules.js";

/** The panel that adds a rule to the lab: any of the four, also twice. */
export function createAdder({ addRule }) {
  const buttons = Object.keys(RULES).map((kind) => html("button", { type: "button", class: "ol-chip", onclick: () => isFull || addRule(kind) }, KINDS[kind].label));
  let isFull = false;
  const status = html("p", { role: "status" });
  return {
    element: html("div", {}, html("div", { class: "ol-chips" }, ...buttons), status),
    draw({ lab }) {
      isFull = lab.rules.length >= MOST_RULES;
      for (const button of buttons) button.setAttribute("aria-disabled", isFull); // it keeps the focus
      setText(status, isFull ? `${MOST_RULES} rules are the most: remove one to add another.` : "");
    },
  };
}
