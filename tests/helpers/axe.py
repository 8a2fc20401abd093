"""What axe finds in a page that keeps some readers out."""

from tools.notebooks import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
OF_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # the rules that a change of theme can break


def violations(page, where="html", options=None):
    """What breaks a rule within the elements of a selector: [[rule, first pieces of HTML], ...]."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    page.wait_for_function("!document.getAnimations().some(({ playState }) => playState === 'running')")  # a colour may be on its way
    done = page.evaluate("([where, options]) => axe.run(where, options)", [where, options or {}])
    assert done["passes"], "axe found something to look at"
    return [[one["id"], [node["html"][:200] for node in one["nodes"][:3]]] for one in done["violations"]]


def violations_in_both_themes(page, where="html"):
    """The same of a light page, and then of its colours once it is dark."""
    found = violations(page, where)
    page.emulate_media(color_scheme="dark")
    page.locator("html[data-theme=dark]").wait_for(state="attached")
    return found + violations(page, where, OF_COLOURS)
