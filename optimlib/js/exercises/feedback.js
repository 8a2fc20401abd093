import { html } from "../ui/dom.js";
import { inline } from "../ui/inline.js";
import { WORDS } from "./judge.js";

const SIGNS = { right: "✓", wrong: "✗", unclear: "?", "not started": "?" };

/** What is said of an answer. kernel: whether it stands in Jupyter, where no page can be linked. */
export function createFeedback(kernel) {
  const element = html("div", { class: "ol-feedback", role: "status" });
  const put = (look, ...children) => {
    element.className = `ol-feedback${look}`;
    element.replaceChildren(...children);
  };
  /** A verdict with words, and more nodes behind them. */
  function say(verdict, words, ...more) {
    const sign = html("span", { class: "ol-sign", "aria-hidden": "true" }, SIGNS[verdict]);
    put(` ol-${verdict.replace(" ", "-")}`, html("p", {}, sign, html("strong", {}, WORDS[verdict]), " ", ...inline(words), ...more));
  }
  return {
    element,
    clear: () => put(""),
    wait: () => put("", html("p", {}, "Running …")),
    say,
    /** @param {import("./judge.js").Verdict} verdict */
    show: ({ verdict, feedback, see }) => say(verdict, feedback, ...(see ? [" ", ...pointer(see, kernel)] : [])),
    /** problem: why the answer could not be kept, or "". */
    addProblem: (problem) => problem && element.append(html("p", { class: "ol-note" }, problem)),
    /** What the reader's code printed, or "". */
    addPrinted: (printed) => printed && element.append(html("p", {}, "Your code printed:"), html("pre", { tabindex: 0 }, printed)),
  };
}

/** The place to read again, page/heading: a link on the site, words in Jupyter. */
function pointer(see, kernel) {
  const [page, heading] = [see.slice(0, see.indexOf("/")), see.slice(see.indexOf("/") + 1)];
  if (kernel) return [`See "${heading}" in ${page}.`];
  return ["See ", html("a", { href: `${page}.html#${anchor(heading)}` }, heading), "."];
}

/** The anchor that the book gives a heading. */
export function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
