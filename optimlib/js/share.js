import { asPython } from "./as_python.js";
import { html, setText } from "./dom.js";
import { linkOf } from "./lab_link.js";

/** What gives a shape its look, to be written into a picture that leaves the page. */
const LOOK = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linejoin", "font-size", "font-family", "font-style", "display", "vector-effect", "opacity"];

/** A picture as the text of an SVG file that needs no style sheet. */
function svgText(picture, title) {
  const copy = picture.cloneNode(true);
  const originals = picture.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of LOOK) node.style.setProperty(name, style.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.style.background = getComputedStyle(picture).getPropertyValue("--ol-paper");
  const name = document.createElementNS(copy.namespaceURI, "title");
  name.textContent = title;
  copy.prepend(name);
  return new XMLSerializer().serializeToString(copy);
}

/** The panel to leave with what is on screen: as Python, as a link, as a picture. */
export function createShare({ present, number, picture }) {
  const status = html("p", { role: "status" });
  const box = html("textarea", { class: "ol-copied", rows: 6, readonly: true, hidden: true, spellcheck: "false", "aria-label": "what was copied" });
  const copy = async (text, name) => {
    box.hidden = false;
    box.value = text;
    try {
      await navigator.clipboard.writeText(text);
      setText(status, `${name} is copied.`);
    } catch {
      box.focus();
      box.select();
      setText(status, `The clipboard is not allowed here: copy ${name.toLowerCase()} from the box.`);
    }
  };
  const save = () => {
    const lab = present();
    const title = `${lab.rules.filter(({ on }) => on).map(({ label }) => label).join(", ")}: step ${lab.step} of ${lab.steps}`;
    const address = URL.createObjectURL(new Blob([svgText(picture(), title)], { type: "image/svg+xml" }));
    html("a", { href: address, download: "valley.svg" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    setText(status, "The picture is saved as valley.svg.");
  };
  const action = (name, onclick) => html("button", { type: "button", class: "ol-check", onclick }, name);
  const element = html(
    "div",
    {},
    html(
      "div",
      { class: "ol-chips" },
      action("Copy as Python", () => copy(asPython(present()), "The Python")),
      action("Copy link", () => copy(location.href.split("#")[0] + linkOf(present(), number), "The link")),
      action("Save picture", save),
    ),
    status,
    box,
  );
  return { element };
}
