import assert from "node:assert/strict";
import { test } from "node:test";

import { descend } from "../../../optimlib/js/core/descend.js";
import { RULES } from "../../../optimlib/js/core/rules.js";
import { quadratic } from "../../../optimlib/js/core/surface.js";
import { arrowsAt } from "../../../optimlib/js/valley/arrows.js";
import { frameAround, projectionOf } from "../../../optimlib/js/valley/frame.js";

const SIZES = [
  { width: 636, height: 334 },
  { width: 306, height: 194 },
  { width: 1146, height: 500 },
  { width: 200, height: 300 },
];
const STARTS = [
  [-5, -2],
  [3, 0],
  [0, -1e-6],
  [-500, -2],
];

test("a picture has one scale across and up, and all of its frame is seen", () => {
  for (const size of SIZES) {
    for (const angle of [0, 45, 90]) {
      for (const start of STARTS) {
        const wanted = frameAround(quadratic([0.2, 4], angle), start);
        const { frame, scale, toX, toY, pointAt } = projectionOf(wanted, size);
        const near = (one, other) => assert.ok(Math.abs(one - other) < 1e-6 * Math.max(Math.abs(one), Math.abs(other), scale), `${one} ${other}`);
        near(toX(1) - toX(0), scale);
        near(toY(0) - toY(1), scale);
        near(toX(frame.x[1]), size.width);
        near(toY(frame.y[0]), size.height);
        pointAt(toX(start[0]), toY(start[1])).forEach((value, i) => near(value * scale, start[i] * scale));
        for (const axis of ["x", "y"]) assert.ok(frame[axis][0] <= wanted[axis][0] + 1e-9 && frame[axis][1] >= wanted[axis][1] - 1e-9);
      }
    }
  }
});

/** A run as it is drawn, and its valley on a picture. */
function drawn(kind, settings, { start = [-5, -2], steps = 60, angle = 0, curvatures = [0.2, 4], size = SIZES[0], large = 1 } = {}) {
  const surface = quadratic(curvatures, angle);
  const { points, gradients, state } = descend(surface, RULES[kind], settings, start, steps);
  const projection = projectionOf(frameAround(surface, start), size, large);
  const run = { points, gradients, velocity: state.velocity };
  return { run, projection, arrows: (step) => arrowsAt(run, step, projection, surface) };
}

const sum = ([x, y], [dx, dy]) => [x + dx, y + dy];
const along = ([, vector]) => vector;
/** How far a point lies from the line of an arrow. */
const aside = ([from, [dx, dy]], [x, y]) => Math.abs((x - from[0]) * dy - (y - from[1]) * dx) / Math.hypot(dx, dy);

test("no arrow ends outside the plot", () => {
  const rules = [
    ["gradient_descent", { lr: 0.4 }],
    ["gradient_descent", { lr: 0.55 }], // it diverges
    ["momentum", { lr: 0.1, beta: 0.9 }],
    ["momentum", { lr: 0.02, beta: 0.98 }],
    ["nesterov", { lr: 0.1, beta: 0.9 }],
    ["rmsprop", { lr: 0.4, rho: 0.9, eps: 1e-6 }],
  ];
  for (const [kind, settings] of rules) {
    for (const size of SIZES) {
      for (const angle of [0, 30]) {
        const { arrows } = drawn(kind, settings, { size, angle });
        for (let step = 0; step <= 60; step++) {
          for (const [name, [from, vector]] of Object.entries(arrows(step))) {
            const [x, y] = sum(from, vector);
            const isIn = x >= 0 && x <= size.width && y >= 0 && y <= size.height;
            assert.ok(isIn, `${kind} ${name} at step ${step}: ${x}, ${y} of ${size.width}, ${size.height}`);
          }
        }
      }
    }
  }
});

test("the gradient and the step of gradient descent, on one line, lie beside each other", () => {
  for (const large of [1, 2]) {
    const { arrows } = drawn("gradient_descent", { lr: 0.4 }, { large });
    for (const step of [0, 1, 2, 3]) {
      const { step: taken, downhill } = arrows(step);
      assert.ok(aside(taken, downhill[0]) > 6 * large, `at step ${step}`);
    }
  }
});

test("downhill is at right angles to the lines of equal loss, in a round valley straight to its middle", () => {
  const { arrows, projection } = drawn("gradient_descent", { lr: 0.1 }, { curvatures: [4, 4], start: [-5, -2] });
  const { downhill } = arrows(0);
  const middle = [projection.toX(0), projection.toY(0)];
  const [towards, away] = [along(downhill), [middle[0] - projection.toX(-5), middle[1] - projection.toY(-2)]];
  assert.ok(Math.abs(towards[0] * away[1] - towards[1] * away[0]) < 1e-6 && towards[0] > 0);
});

test("downhill and what is remembered add up to the push, which is minus the velocity", () => {
  const { arrows, run, projection } = drawn("momentum", { lr: 0.1, beta: 0.9 });
  for (const step of [0, 3, 10, 40]) {
    const { downhill, memory, velocity } = arrows(step);
    sum(along(downhill), along(memory)).forEach((value, i) => assert.ok(Math.abs(value - along(velocity)[i]) < 1e-9));
    const [v1, v2] = run.velocity.map((line) => line[step + 1]);
    assert.deepEqual([Math.sign(along(velocity)[0]), Math.sign(along(velocity)[1])], [-Math.sign(v1), Math.sign(v2)]);
  }
  assert.ok(projection.scale > 0);
});

test("the last step has the arrows of the step that led there", () => {
  const { arrows } = drawn("gradient_descent", { lr: 0.4 }, { steps: 5 });
  assert.deepEqual(arrows(5), arrows(4));
  assert.notDeepEqual(arrows(4), arrows(3));
  assert.deepEqual(drawn("gradient_descent", { lr: 0.4 }, { steps: 5 }).arrows(9), arrows(5));
  const standing = drawn("gradient_descent", { lr: 0.4 }, { steps: 0 });
  assert.deepEqual(standing.arrows(0), {}, "no step was made");
});

test("what has left the picture has no arrows", () => {
  const { arrows } = drawn("gradient_descent", { lr: 0.6 });
  assert.deepEqual(arrows(20), {});
});
