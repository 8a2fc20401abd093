import { KINDS, LIMITS, QUESTIONS, SETTINGS } from "../core/catalogue.js";
import { RULES } from "../core/rules.js";
import { CONSTANT, isConstant } from "../core/schedules.js";
import { checkOf, isPart, isUsable } from "./state.js";

/** The form of the links that "Copy link" makes. One of another form is refused. */
const VERSION = "1";
export const LONGEST_LINK = 8000;

/** A link's fragment that holds a lab's settings, to the last digit, and the finding that it shows; number tells the labs of a page apart. asking: whether it asks for a guess. */
export function linkOf(lab, number, finding = "", asking = false) {
  const parts = new URLSearchParams({ lab: number, v: VERSION, steps: lab.steps, step: lab.step, start: lab.start.join() });
  if (lab.ground.kind) parts.set("ground", JSON.stringify(lab.ground));
  else if (!lab.contours) {
    parts.set("curvatures", lab.curvatures.join());
    parts.set("angle", lab.angle);
  }
  if (lab.noise[0] > 0) parts.set("noise", lab.noise.join());
  parts.set("show", lab.show.filter((name) => name !== "share").join());
  if (finding) parts.set("finding", finding);
  if (asking) parts.set("predict", lab.predict);
  for (const { key, kind, on, settings, schedule, place } of lab.rules) {
    const values = ruleText(on, Object.values(settings), schedule);
    parts.append(place === null ? `rule.${key}` : "add", place === null ? values : `${kind},${values}`);
  }
  if (lab.own?.job.source) parts.set("own", lab.own.job.source);
  return `#${parts}`;
}

/** A rule in a link: its switch, its settings, and where its rate changes the kind and the setting of the schedule. */
export const ruleText = (on, settings, schedule) => [...[on, ...settings].map(Number), ...(isConstant(schedule) ? [] : schedule)].join();

/** The schedule at the end of a rule in a link: constant where there is none. @param {string[]} given @returns {any} */
const scheduleIn = ([kind, value]) => (kind === undefined ? CONSTANT : [kind, numberIn(value)]);

/**
 * The values of a lab's traits that a link's fragment holds, the id of the finding that it names, and notes on what of it was not usable. Null when it is for no lab,
 * or for another.
 */
export function readLink(fragment, lab, number) {
  if (fragment.length > LONGEST_LINK) return number === 1 && /^#lab=/.test(fragment) ? refused("it is too long") : null;
  const parts = new URLSearchParams(fragment.slice(1));
  if (parts.get("lab") !== String(number)) return null;
  if (parts.get("v") !== VERSION) return refused("it is of another version of this course");
  const values = {};
  const notes = [];
  const take = (trait, name, value) => {
    if (isUsable(name, value)) values[trait] = value;
    else notes.push(`${trait} in the link was not usable, and is left as it was.`);
  };
  for (const name of ["steps", "step", "angle"]) if (parts.has(name)) take(name, name, numberIn(parts.get(name)));
  for (const name of ["start", "curvatures"]) if (parts.has(name)) take(name, name, parts.get(name).split(",").map(numberIn));
  if (!lab.contours) take("ground", "ground", groundIn(parts.get("ground")));
  take("noise", "noise", (parts.get("noise") ?? "0,1,0").split(",").map(numberIn));
  if (parts.has("show")) values.show = parts.get("show").split(",").filter(isPart);
  for (const { key, kind, settings, place } of lab.rules) {
    if (place !== null || !parts.has(`rule.${key}`)) continue;
    const [on, ...given] = parts.get(`rule.${key}`).split(",");
    values[`${key}_on`] = on !== "0";
    const names = Object.keys(settings);
    names.forEach((name, i) => take(`${key}_${name}`, checkOf(kind, name), valueIn(name, given[i])));
    if (kind !== "replay") take(`${key}_schedule`, "schedule", scheduleIn(given.slice(names.length)));
  }
  values.added = [];
  const room = LIMITS.rules - lab.rules.filter(({ place }) => place === null).length;
  for (const text of parts.getAll("add")) {
    const [kind, on, ...given] = text.split(",");
    const names = Object.hasOwn(RULES, kind) ? Object.keys(KINDS[kind].settings) : [];
    const settings = names.map((name, i) => /** @type {[string, any]} */ ([name, valueIn(name, given[i])]));
    const schedule = scheduleIn(given.slice(names.length));
    if (!isConstant(schedule)) settings.push(["schedule", schedule]);
    if (names.length > 0 && values.added.length < room && settings.every(([name, value]) => isUsable(name, value))) {
      values.added.push({ kind, on: on !== "0", ...Object.fromEntries(settings) });
    } else notes.push("A rule in the link was not usable, and is left out.");
  }
  // Code that came with a link is shown, whatever else the link opens, and runs only when the reader presses Run.
  if (parts.has("own")) {
    values.own_rule_draft = parts.get("own");
    values.show = [...new Set([...(values.show ?? lab.show), "own"])];
    notes.push("The link brings a rule that somebody wrote: read it under “Write your own rule”, and press Run.");
  }
  const asked = parts.get("predict");
  const predict = Object.hasOwn(QUESTIONS, asked) ? asked : "";
  return { values: { ...values, playing: false, predict }, notes, finding: parts.get("finding") ?? "" };
}

const numberIn = (text) => (text === undefined || text.trim() === "" ? NaN : Number(text));

/** The ground in a link, as JSON; {} where it names none. */
function groundIn(text) {
  try {
    return text === null ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}

/** The value of a setting: of one that is on or off, 1 or 0. */
const valueIn = (name, text) => (SETTINGS[name]?.range === "switch" ? ["0", "1"].includes(text) && text === "1" : numberIn(text));

const refused = (why) => ({ values: {}, finding: "", notes: [`The link was not used: ${why}.`] });
