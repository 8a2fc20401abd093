import { SCHEDULE_FACTS } from "../core/catalogue_more.js";
import { isConstant } from "../core/schedules.js";
import { asPython } from "./as_python.js";
import { html, setText, svg } from "../ui/dom.js";
import { linkOf, LONGEST_LINK } from "./link.js";
import { worldWords } from "./state.js";
import { saveFile } from "../ui/save_file.js";

/** The height of a line of text below a picture. */
const LINE = 22;

/** What gives a shape its look, to be written into a picture that leaves the page. */
const LOOK = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "font-size",
  "font-family",
  "font-style",
  "display",
  "vector-effect",
  "opacity",
];

/** A copy of an SVG element that needs no style sheet. */
function styledCopy(element) {
  const copy = element.cloneNode(true);
  const originals = element.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of LOOK) node.style.setProperty(name, style.getPropertyValue(name));
  });
  return copy;
}

/** A picture as the text of an SVG file. Below it stand lines: {text, sample}, sample the element that shows a rule's line, or null. */
function svgText(picture, lines) {
  const copy = styledCopy(picture);
  const [width, height] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const style = getComputedStyle(picture);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("height", height + LINE * lines.length + 8);
  copy.setAttribute("viewBox", `0 0 ${width} ${height + LINE * lines.length + 8}`);
  copy.style.background = style.getPropertyValue("--ol-paper");
  copy.prepend(svg("title", {}, lines.map(({ text }) => text).join("; ")));
  lines.forEach(({ text, sample }, i) => {
    const y = height + LINE * i;
    if (sample) copy.append(svg("g", { transform: `translate(12,${y + 4})` }, ...styledCopy(sample).childNodes));
    copy.append(svg("text", { x: 48, y: y + 15, style: `fill:${style.color};font:14px ${style.fontFamily.replaceAll('"', "'")}` }, text));
  });
  return new XMLSerializer().serializeToString(copy);
}

/** What the lines below a picture say: each rule that is shown, with its settings, and the world. */
function pictureLines(lab, cardOf) {
  const rules = [...lab.rules, ...(lab.own?.replay.points.length > 0 ? [lab.own] : [])].filter(({ on }) => on);
  const settings = (rule) =>
    Object.entries(rule.settings)
      .filter(([name]) => name !== "eps")
      .map(([name, value]) => `${name} ${value}`);
  const changing = ({ schedule }) => (isConstant(schedule) ? [] : [`${SCHEDULE_FACTS[schedule[0]].name}: ${schedule[1]}`]);
  return [
    ...rules.map((rule) => ({ text: [rule.label, ...settings(rule), ...changing(rule)].join(", "), sample: cardOf(rule.key).querySelector(".ol-sample") })),
    { text: worldWords(lab), sample: null },
  ];
}

/** The panel to leave with what is on screen: as Python, as a link, as a picture. */
export function createShare({ picture, cardOf }) {
  let scene = null; // what is on screen
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
  const copyLink = () => {
    const link = linkOf(scene.lab, scene.host.number, scene.finding, scene.asking);
    if (link.length > LONGEST_LINK) setText(status, "This is too long for a link: copy it as Python instead.");
    else copy(location.href.split("#")[0] + link, "The link");
  };
  const save = () => {
    const text = svgText(picture(), pictureLines(scene.lab, cardOf));
    if (saveFile("valley.svg", text, "image/svg+xml")) return setText(status, "The picture is saved as valley.svg.");
    box.hidden = false;
    box.value = text;
    setText(status, "If no file came, the host forbids it: copy the picture, an SVG, from the box.");
  };
  const action = (name, onclick) => html("button", { type: "button", class: "ol-check", onclick }, name);
  const linkButton = action("Copy link", copyLink);
  const element = html(
    "div",
    {},
    html(
      "div",
      { class: "ol-chips" },
      action("Copy as Python", () => copy(asPython(scene.lab, scene.asking), "The Python")),
      linkButton,
      action("Save picture", save),
    ),
    status,
    box,
  );
  return {
    element,
    draw(now) {
      scene = now;
      linkButton.hidden = scene.host.kernel; // JupyterLab keeps the address for itself
    },
  };
}
