/** The state of a lab as a page keeps it, and a model that gives it. */
export const SAVED = {
  number: 1,
  steps: 20,
  step: 20,
  playing: false,
  start: [-5, -2],
  curvatures: [0.2, 4],
  angle: 0,
  noise: [0, 1, 0],
  ground: {},
  contours: {},
  replays: {},
  show: ["arrows"],
  predict: "",
  added: [],
  rules: [{ key: "momentum", kind: "momentum", label: "momentum", settings: ["lr", "beta"] }],
  momentum_on: true,
  momentum_lr: 0.6,
  momentum_beta: 0.5,
  momentum_schedule: ["constant", 1],
};

export const modelOf = (changes = {}) => ({ get: (name) => ({ ...SAVED, ...changes })[name] });
