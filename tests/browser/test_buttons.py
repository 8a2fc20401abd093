"""Every button of every page has a name, and a ring when the keyboard leads to it, in light and dark."""

import pytest
from test_site import PAGES, opened

OTHERS = ["search.html", "lab.html", "lecture.html", "speaker.html"]

# Of each kind of button that is seen, the first: whether a ring comes with the focus, an outline or a shadow about it, and whether one sees it.
RINGLESS = """async () => {
    const buttons = [...document.querySelectorAll("button, summary, [role=button], [role=slider]")].filter(
        (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.ariaDisabled !== "true");
    const kinds = new Map(buttons.map((one) => [`${one.tagName} ${one.getAttribute("class")} ${one.parentElement.className}`, one]));
    const look = (one) => {
        const { outlineStyle, outlineWidth, boxShadow, opacity } = getComputedStyle(one);
        return { outline: outlineStyle === "none" ? 0 : parseFloat(outlineWidth), boxShadow, opacity };
    };
    const found = [];
    for (const one of kinds.values()) {
        document.activeElement.blur();
        const before = look(one);
        one.focus({ preventScroll: true });
        one.getAnimations().forEach((each) => each.finish());
        const after = look(one);
        const inside = one.querySelector(".ol-start-focus"); // the ring of a point in a picture
        const isRinged = after.outline >= 2 || after.boxShadow !== before.boxShadow || (inside && getComputedStyle(inside).stroke !== "none");
        if (!isRinged || Number(after.opacity) < 0.5) found.push([one.outerHTML.slice(0, 120), after]);
    }
    return found;
}"""


def nameless(page):
    """The buttons without a name, as a screen reader gets them."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    controls = [node for node in nodes if not node["ignored"] and node.get("role", {}).get("value") in ("button", "DisclosureTriangle", "slider", "checkbox")]
    assert controls
    return [node for node in controls if not node.get("name", {}).get("value", "").strip()]


@pytest.mark.parametrize("name", [*PAGES, *OTHERS])
def test_every_button_has_a_name_and_a_ring(browser, server, name):
    with opened(browser, f"{server}/{name}", reduced_motion="reduce") as page:
        for host in page.locator(".optimlib-widget").all():
            if host.is_visible():
                host.scroll_into_view_if_needed()
                host.locator(".ol").first.wait_for()
        assert nameless(page) == []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.keyboard.press("Tab")  # what has the focus next has it by the keyboard
            assert page.evaluate(RINGLESS) == [], scheme
