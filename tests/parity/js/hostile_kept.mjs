// Texts that may stand where progress should, and what readKept should find in them: how many entries, and whether a fault.

const file = (exercises, more = {}) => JSON.stringify({ format: "optimlib progress", version: 1, exercises, ...more });
const raw = (entry) => `{"format": "optimlib progress", "version": 1, "exercises": {"gd-edge": ${entry}}}`;
const nested = (depth) => "[".repeat(depth) + "]".repeat(depth);

export const WHOLE = file({ "gd-edge": { state: "solved", hints: 1, solution: false, answer: "1/4" }, "gd-step": { state: "tried" } });

export const GOOD = [
  "",
  file({}),
  WHOLE,
  ` \n${WHOLE}\n`,
  ...[
    "{}",
    '{"state": "tried"}',
    '{"hints": 2}',
    '{"hints": 1.0}',
    '{"solution": true}',
    '{"answer": null}',
    '{"answer": ["1", "2"]}',
    '{"answer": {"a": [1e300, -0.5]}}',
  ].map(raw),
  ...[
    '{"answer": "\\ud800 \\u0000 <b>"}',
    '{"note": {"mine": 1}}',
    '{"state": "solved", "state": "tried"}',
    '{"__proto__": {"state": "no"}}',
    `{"answer": ${nested(19)}}`,
  ].map(raw),
  file({ "no-such-exercise": { state: "solved" }, constructor: { state: "tried" }, "": { hints: 1 }, "😀": {} }),
  '{"format": "optimlib progress", "version": 1, "exercises": {"__proto__": {"state": "solved"}, "toString": {"hints": 1}}}',
];

const DAMAGED_ENTRIES = [
  ...["null", "true", "0", '"solved"', "[]", '["solved"]', "1.5"],
  ...["null", '""', '"Solved"', '"done"', "1", "true", "[]", "{}", '["solved"]', '"__proto__"', '"constructor"'].map((state) => `{"state": ${state}}`),
  ...["null", "-1", "3", "0.5", '"1"', "true", "false", "[1]", "{}", "1e999", "-1e999", "1e300"].map((hints) => `{"hints": ${hints}}`),
  ...["null", "0", "1", '"true"', "[]", "{}"].map((solution) => `{"solution": ${solution}}`),
  ...["1e999", "[-1e999]", nested(20), nested(300), `${'{"a": '.repeat(40)}1${"}".repeat(40)}`].map((answer) => `{"answer": ${answer}}`),
];

export const DAMAGED = [
  ...DAMAGED_ENTRIES.map(raw),
  file({ "gd-edge": { state: "no" }, "gd-step": { state: "solved" } }),
  file({ "gd-edge": null, "gd-step": [], "gd-rate": { hints: 2 } }),
];

export const REFUSED = [
  ...[
    " ",
    "\n",
    "x",
    "null",
    "true",
    "0",
    '""',
    '"optimlib progress"',
    "[]",
    "{}",
    "[1, 2]",
    "NaN",
    "Infinity",
    "undefined",
    "{",
    "}",
    "{]",
    "'x'",
    "<!DOCTYPE html>",
    "\ufeff{}",
    "\u0000",
    "PK\u0003\u0004",
  ],
  ...["NaN", "Infinity", "-Infinity", "undefined", "0x10", "01", "1.", ".5", "+1", "'x'", "[1,]", '{"a": 1,}', "{a: 1}", '"\n"', '"\\x"', "True", "None"].map(
    raw,
  ),
  ...[
    '{"format": "optimlib progress"}',
    '{"format": "optimlib progress", "version": 1}',
    '{"version": 1, "exercises": {}}',
    '{"exercises": {}}',
    '{"__proto__": {"format": "optimlib progress", "version": 1, "exercises": {}}}',
  ],
  ...[null, [], "x", 1, true, [{}]].map((exercises) => file(exercises)),
  ...[null, 0, 2, 1.5, -1, "1", [1], {}, true, 1e300].map((version) => file({}, { version })),
  ...[null, "", "optimlib", "Optimlib progress", "optimlib progress ", 1, ["optimlib progress"], {}].map((format) => file({}, { format })),
  ...[{ more: 1 }, { settings: {} }, { "": null }].map((more) => file({}, more)),
  '{"format": "optimlib progress", "version": 1e999, "exercises": {}}',
  ...Array.from({ length: WHOLE.length - 1 }, (_, i) => WHOLE.slice(0, i + 1)),
  ...[1, 30, 60, 90].map((at) => `${WHOLE.slice(0, at)}\u0007${WHOLE.slice(at)}`),
  WHOLE + WHOLE,
  `${WHOLE}x`,
  nested(300),
  "x".repeat(5_000_000),
];
