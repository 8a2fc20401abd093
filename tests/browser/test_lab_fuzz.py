"""Damaged links and damaged states in the browser: no error, no script, and the lab still runs."""

from pathlib import Path

import pytest
from test_site import first_lab, opened

from tools import bundles

PARTS = Path(__file__).resolve().parents[2] / "optimlib" / "js" / "lab" / "parts.js"  # a whole lab, for states that are in no page

# Numbers that look random and are the same each time, and values that no lab expects.
CHANCE = """
let seed = SEED;
const chance = (below) => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 8) % below;
const BAD = [null, undefined, NaN, Infinity, -Infinity, -1, 0, 0.5, 1, 1e308, 1e-320, 1e6, "", "x", "12", "<img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1>", "javascript:window.pwned=1", "9".repeat(9000), [], {}, [1], [NaN, 1], [1e300, 1e300], [[1, 2]], [null], true, false,
    [{}], [null, { kind: "momentum" }], { points: 3 }, { points: [[1, 2]], losses: "x" }, ["plots", "map", "measures", "valley", "predict"], "place", "first",
    [{ kind: "__proto__" }], { x: [0, 1], y: [0, 1], lines: [[[0, 0], [1, 1]]] }];
const bad = () => BAD[chance(BAD.length)];
"""

LINKS = (
    CHANCE
    + """
const NAMES = ["lab", "v", "steps", "step", "start", "curvatures", "angle", "show", "rule.gradient_descent", "rule.momentum", "rule.adagrad", "add", "own", "preset", "x"];
const GOOD = { lab: "1", v: "1", steps: "40", step: "3", start: "-5,-2", curvatures: "0.2,4", angle: "30", show: "plots,measures", add: "momentum,1,0.5,0.5" };
const part = () => {
    const name = NAMES[chance(NAMES.length)];
    const value = chance(3) ? String(bad()).slice(0, chance(9000)) : [GOOD[name], "1,2,3", "%E0%A4%A", "1e999,-1e999", "momentum,1,,", ",,,,,"][chance(6)];
    return `${name}=${chance(2) ? value : encodeURIComponent(value)}`;
};
const frame = () => new Promise(requestAnimationFrame);
// Each address is read once it is told of, before the next one; one that is as before is not told of.
const go = (hash) => new Promise((resolve) => {
    const before = location.href;
    addEventListener("hashchange", resolve, { once: true });
    location.hash = hash;
    if (location.href === before) resolve();
});
const seen = new Set();
addEventListener("hashchange", () => seen.add(location.hash));
for (let i = 0; i < 1000; i++) {
    const parts = Array.from({ length: 1 + chance(8) }, part);
    await go(chance(5) ? `lab=1&v=1&${parts.join("&")}` : parts.join(chance(2) ? "&" : "#"));
    if (i % 10 === 0) await frame();
}
await go("lab=1&v=1&steps=33&step=33");
await frame();
return seen.size;
"""
)

STATES = (
    CHANCE
    + """
const saved = Object.values(JSON.parse(document.querySelector('script[type$="widget-state+json"]').textContent).state).map(({ state }) => state).filter(({ _anywidget_id: id }) => id === "optimlib.lab.Lab");
const place = document.querySelector("article");
const frame = () => new Promise(requestAnimationFrame);
const silent = [];
for (let i = 0; i < 1000; i++) {
    const state = structuredClone(saved[chance(saved.length)]);
    if (chance(4) === 0) state.show = ["plots", "measures", "valley", "rate", "findings", "map", "predict", "share", "own"];
    const names = [...Object.keys(state).filter((name) => !name.startsWith("_")), "added", "own_rule_reply", "own_rule", "own_rule_draft"];
    for (let count = 1 + chance(4); count > 0; count--) {
        const name = names[chance(names.length)];
        if (name === "rules" && Array.isArray(state.rules) && state.rules.length && chance(2)) state.rules[chance(state.rules.length)] = chance(2) ? bad() : { ...state.rules[0], [["key", "kind", "label", "settings"][chance(4)]]: bad() };
        else state[name] = bad();
    }
    const listeners = new Set();
    const model = { get: (name) => state[name], set: (name, value) => { state[name] = value; listeners.forEach((heard) => heard()); }, save_changes() {}, on: (_, heard) => listeners.add(heard), off: (_, heard) => listeners.delete(heard) };
    const el = document.createElement("div");
    place.prepend(el);
    let end = () => {};
    try {
        end = window.fuzzed.renderWholeLab({ model, el, kernel: false, python: null });
        if (i % 3 === 0) { await frame(); model.set("step", bad()); model.set("start", bad()); await frame(); }
        if (!/step \\d+ of \\d+/.test(el.textContent)) silent.push([i, el.textContent.slice(0, 100)]);
    } catch (error) {
        if (!/^This lab has no list of rules/.test(error.message)) silent.push([i, error.stack]);
    }
    end();
    el.remove();
}
return silent;
"""
)


@pytest.mark.parametrize("seed", [1])
def test_a_thousand_damaged_links(browser, server, seed):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        lab = first_lab(page)
        assert page.evaluate(f"(async () => {{ {LINKS.replace('SEED', str(seed))} }})()") > 950, "nearly each of them was another"
        lab.get_by_text("step 33 of 33").wait_for()
        assert page.evaluate("window.pwned") is None
        lab.get_by_role("button", name="reset").click()
        lab.get_by_role("slider", name="step", exact=True).fill("5")
        lab.get_by_text("step 5 of 20").wait_for()


@pytest.mark.parametrize("seed", [2])
def test_a_thousand_damaged_states(browser, server, seed):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        lab.get_by_role("button", name="Share").click()
        lab.get_by_role("button", name="Copy link").wait_for()
        page.evaluate(f"() => {{ {bundles.esbuild('--bundle', '--format=iife', '--global-name=fuzzed', PARTS)}; window.fuzzed = fuzzed; }}")
        assert page.evaluate(f"(async () => {{ {STATES.replace('SEED', str(seed))} }})()") == []
        assert page.evaluate("window.pwned") is None
        lab.get_by_role("slider", name="step", exact=True).fill("5")
        lab.get_by_text("step 5 of 60").wait_for()


@pytest.mark.parametrize("end", ["#lab=1&v=1&steps=x&start=<b>", "#lab=1&v=9", "#preset=<script>", "#lab=1&v=1&own=" + "x" * 9000])
def test_a_page_opened_with_a_damaged_link_says_so_and_runs(browser, server, end):
    with opened(browser, f"{server}/chapters/gradient-descent.html{end}") as page:
        lab = first_lab(page)
        if "lab=1" in end:
            lab.locator(".ol-note").get_by_text("link").wait_for()
        lab.get_by_role("slider", name="step", exact=True).fill("5")
        lab.get_by_text("step 5 of 20").wait_for()
