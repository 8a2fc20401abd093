"""A front end as Colab: a frame for each output, with a copy of the script of its own; widgets meet only in Python."""

import json

from test_site import awaited

from optimlib import Lab, Momentum, Quadratic
from optimlib.front_end import BUILT, shared

# A model of anywidget that nobody shares: tell and ask are Python, hear takes what Python tells.
MODEL = """async ([loader, state]) => {
  const listeners = new Map(), unsaved = {};
  const emit = (event, ...given) => [...(listeners.get(event) ?? [])].forEach((listener) => listener(...given));
  const set = (name, value) => {
    if (JSON.stringify(state[name]) === JSON.stringify(value)) return false;
    state[name] = value;
    emit(`change:${name}`);
    return true;
  };
  const model = {
    get: (name) => state[name],
    set: (name, value) => set(name, value) && (unsaved[name] = value),
    save_changes() {
      emit("change");
      tell(unsaved);
      for (const name of Object.keys(unsaved)) delete unsaved[name];
    },
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    off: (event, listener) => listeners.set(event, (listeners.get(event) ?? []).filter((one) => one !== listener)),
    send: async (content) => emit("msg:custom", await ask(content)),
    widget_manager: { get_model: async () => { throw new Error("another frame's"); } },
  };
  globalThis.hear = (changes) => {
    for (const [name, value] of Object.entries(changes)) set(name, value);
    emit("change");
  };
  globalThis.listening = () => (listeners.get("msg:custom") ?? []).length;
  const module = await import(URL.createObjectURL(new Blob([loader], { type: "text/javascript" })));
  globalThis.end = module.default.render({ model, el: document.body });
}"""


class Frame:
    """An output: a page of its own, as a frame of another origin is, and its lab in Python."""

    def __init__(self, context, lab, answers=True):
        self.page, self.lab, self.due = context.new_page(), lab, []
        self.page.goto("about:blank")
        self.page.expose_function("tell", lab.set_state)
        self.page.expose_function("ask", lambda content: {"code": shared().code, "style": shared().style} if answers else None)
        lab.observe(lambda change: self.due.append({change.name: change.new}), ["momentum_beta"])
        self.page.evaluate(MODEL, [(BUILT / "loader.js").read_text(encoding="utf-8"), json.loads(json.dumps(lab.get_state()))])

    def beta(self):
        """What the frame shows, once it has heard all of Python."""
        while self.due:
            self.page.evaluate("(changes) => hear(changes)", self.due.pop(0))
        return self.page.locator(".ol-card").get_by_role("slider", name="beta of momentum").get_attribute("aria-valuetext")


def made():
    return Lab(Quadratic(), [Momentum(lr=0.6, beta=0.5)])


def test_a_lab_drives_one_in_another_frame_through_python(browser):
    context = browser.new_context()
    one, other = (Frame(context, made()) for _ in range(2))
    one.lab.observe(lambda change: setattr(other.lab, "momentum_beta", change.new), "momentum_beta")
    for frame in (one, other):
        frame.page.locator(".ol-valley .ol-momentum .ol-bold").wait_for()
        assert frame.page.evaluate("listening()") == 0, "the answer was heard"
    before, path = other.beta(), other.page.locator(".ol-valley .ol-momentum .ol-bold").get_attribute("d")
    one.page.get_by_role("slider", name="beta of momentum").press("ArrowRight")
    awaited(one.page, lambda: other.beta() != before, "the other follows")
    assert other.page.locator(".ol-valley .ol-momentum .ol-bold").get_attribute("d") != path
    one.page.evaluate("async () => (await end)()")
    assert one.page.locator("body").inner_html() == ""
    context.close()


def test_where_python_does_not_answer_the_sentence_stays(browser):
    context = browser.new_context()
    frame = Frame(context, made(), answers=False)
    frame.page.get_by_text("Run this cell to bring it to life.").wait_for()
    context.close()
