"""The figures: what they draw, what they say when they cannot, and colours that can be told apart."""

import itertools

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from library import RULES

from optimlib import AdaGrad, GradientDescent, Momentum, Quadratic, RMSProp, TwoValleys, catalogue, descend, geometric, plots, sweep

VALLEY, START = Quadratic(), (-5, -2)
EACH = {catalogue.RULES[kind]["label"]: descend(VALLEY, rule, START, 20) for kind, rule in RULES.items()}
DIVERGING = {
    "settles": EACH["gradient descent"],
    "zigzags": descend(VALLEY, GradientDescent(0.6), START, 20),
    "explodes": descend(VALLEY, GradientDescent(1e200), START, 20),
}
RATES, BETAS = geometric(0.01, 1.6, 12), np.linspace(0, 0.95, 10)
GRID = sweep(VALLEY, Momentum(RATES, BETAS[:, None]), START, 100)
FIGURES = {
    "contours": lambda ax=None, paths=EACH: plots.contours(VALLEY, paths, ax=ax),
    "valley_3d": lambda ax=None, paths=EACH: plots.valley_3d(VALLEY, paths, ax=ax),
    "coordinates": lambda ax=None, paths=EACH: plots.coordinates(paths, ax=ax),
    "losses": lambda ax=None, paths=EACH: plots.losses(paths, ax=ax),
    "rates": lambda ax=None, paths=EACH: plots.rates(paths, ax=ax),
    "factors": lambda ax=None: plots.factors(RATES, 4.0, [0.5, 0.9], ax=ax),
    "heatmap": lambda ax=None: plots.heatmap(GRID.stays_below, RATES, BETAS, ax=ax),
}
OF_PATHS = [name for name in FIGURES if name not in ("factors", "heatmap")]


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def words(ax):
    """What a figure says, in its legend and beside its lines."""
    legend = ax.get_legend()
    return [text.get_text() for text in (legend.get_texts() if legend else [])] + [text.get_text() for text in ax.texts]


def paths_of(ax):
    """The lines of paths, by what they are called."""
    return {line.get_label(): line for line in ax.get_lines() if not line.get_label().startswith("_")}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_returns_its_axes_and_draws(name):
    made = FIGURES[name]()
    made.figure.canvas.draw()
    projection = "3d" if name == "valley_3d" else None
    figure, given = plt.subplots(subplot_kw={"projection": projection})
    assert FIGURES[name](given) is given
    figure.canvas.draw()


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_suits_light_and_dark_pages(name):
    ax = FIGURES[name]()
    ax.figure.canvas.draw()
    assert ax.figure.get_facecolor()[3] == 0 and ax.get_facecolor()[3] == 0
    said = [text for text in ax.findobj(matplotlib.text.Text) if text.get_text() and text.get_visible()]
    rules = {style["color"] for style in plots.STYLE.values() if isinstance(style, dict)}
    assert said
    assert {matplotlib.colors.to_hex(text.get_color()) for text in said} <= {plots.STYLE["ink"], *rules}


def test_the_small_ticks_of_a_logarithmic_scale_are_grey_too():
    ax = plots.losses({"short": descend(VALLEY, GradientDescent(0.05), START, 3)})
    ax.figure.canvas.draw()
    labels = [label for label in ax.get_yticklabels(which="minor") if label.get_text()]
    assert labels and {label.get_color() for label in labels} == {plots.STYLE["ink"]}


@pytest.mark.parametrize("name", OF_PATHS)
def test_each_path_is_named(name):
    said = " ".join(words(FIGURES[name]()))
    assert all(path in said for path in EACH)


def luminance(colour):
    channels = np.array(matplotlib.colors.to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


COLOURS = {name: style["color"] for name, style in plots.STYLE.items() if isinstance(style, dict)}


@pytest.mark.parametrize("page", ["#ffffff", "#14181e"])
@pytest.mark.parametrize("name", [*COLOURS, "ink"])
def test_colours_stand_out_from_light_and_dark_pages(name, page):
    assert contrast({**COLOURS, "ink": plots.STYLE["ink"]}[name], page) >= 3


# What full colour blindness of each kind makes of linear red, green and blue (Machado et al. 2009).
SIGHT = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(colour, sight):
    """CIE L*a*b* of a colour as seen."""
    channels = np.array(matplotlib.colors.to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(sight) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen / (0.9505, 1, 1.089)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array((116 * y - 16, 500 * (x - y), 200 * (y - z)))


@pytest.mark.parametrize("sight", SIGHT)
def test_colour_blind_readers_can_tell_the_rules_apart(sight):
    rules = {name: colour for name, colour in COLOURS.items() if name != "other"}
    for one, other in itertools.combinations(rules.values(), 2):
        distance = np.linalg.norm(lab(one, SIGHT[sight]) - lab(other, SIGHT[sight]))
        assert distance >= 20, (one, other)  # about 2 is just noticeable


def test_rules_differ_without_colour_too():
    markers = [style["marker"] for style in plots.STYLE.values() if isinstance(style, dict)]
    assert len(set(markers)) == len(markers) == len(RULES) + 1


def test_a_rule_keeps_its_style_in_any_company():
    for ax in (plots.losses({"RMSProp": EACH["RMSProp"]}), plots.losses(EACH)):
        line = paths_of(ax)["RMSProp"]
        assert (line.get_color(), line.get_marker()) == tuple(plots.STYLE["RMSProp"].values())
        assert line.get_linestyle() == "-"


def test_two_runs_of_one_rule_differ_in_dashes_and_markers():
    lines = [*paths_of(plots.losses({"one": EACH["RMSProp"], "two": EACH["RMSProp"]})).values()]
    assert [line.get_linestyle() for line in lines] == ["-", "--"]
    assert [line.get_fillstyle() for line in lines] == ["full", "none"]


class Mine:
    def update(self, x, g, state):
        return x - 0.2 * g, state


def test_a_rule_of_your_own_has_a_style():
    lines = paths_of(plots.losses({"mine": descend(VALLEY, Mine(), START, 5)}))
    assert lines["mine"].get_color() == plots.STYLE["other"]["color"]


@pytest.mark.parametrize("name", [name for name in OF_PATHS if name != "rates"])
def test_a_diverged_path_is_cut_at_the_frame_and_says_so(name):
    ax = FIGURES[name](paths=DIVERGING)
    ax.figure.canvas.draw()
    said = words(ax)
    assert "settles" in said
    assert "zigzags: diverged at step 11" in said
    assert "explodes: diverged at step 1" in said
    for line in paths_of(ax).values():
        points = np.transpose(line.get_data_3d() if name == "valley_3d" else line.get_data())
        assert np.isfinite(points).all()
        limits = [ax.get_xlim(), ax.get_ylim()] + ([ax.get_zlim()] if name == "valley_3d" else [])
        for values, (low, high) in zip(points.T, limits):
            slack = 0.05 * (high - low)
            assert (values >= low - slack).all() and (values <= high + slack).all()


def test_a_diverged_path_does_not_set_the_frame():
    for name in ("contours", "valley_3d", "coordinates"):
        ax = FIGURES[name](paths=DIVERGING)
        assert np.abs([ax.get_xlim(), ax.get_ylim()]).max() <= 21
    assert plots.losses(DIVERGING).get_ylim()[1] < 1e6


def test_a_diverged_line_ends_on_the_edge_of_the_frame():
    ax = plots.contours(VALLEY, DIVERGING)
    end = paths_of(ax)["zigzags: diverged at step 11"].get_xydata()[-1]
    assert end[1] == pytest.approx(ax.get_ylim()[0]) or end[1] == pytest.approx(ax.get_ylim()[1])


def test_a_path_that_leaves_a_given_frame_says_so():
    ax = plots.contours(VALLEY, {"momentum": EACH["momentum"]}, xlim=(-6, 1), ylim=(-3, 1))
    assert ax.get_ylim() == (-3, 1)
    assert words(ax) == ["momentum: leaves the frame at step 1"]


def test_a_loss_that_is_not_finite_is_said():
    class Root:
        def loss(self, x):
            return np.sqrt(x[0]) + x[1] * x[1]

        def gradient(self, x):
            return x

    for ax in (plots.contours(Root()), plots.valley_3d(Root())):
        ax.figure.canvas.draw()
        assert words(ax) == ["blank: the loss is not finite"]


def test_a_zero_on_a_logarithmic_scale_is_said():
    path = descend(Quadratic((1.0,)), GradientDescent(1.0), [-2.0], 5)
    assert words(plots.losses({"lands": path})) == ["lands: 0 at step 1"]
    stuck = descend(VALLEY, AdaGrad(0.4, eps=0), (-5, 0), 5)
    assert "AdaGrad, $x_{2}$: 0 at step 1" in words(plots.rates({"AdaGrad": stuck}))


def test_nan_inf_and_never_are_hatched_and_named():
    values = [[1.0, np.nan, 3.0], [np.inf, -1.0, 2.0]]
    ax = plots.heatmap(values, [1, 2, 3], [1, 2])
    ax.figure.canvas.draw()
    assert words(ax) == ["diverged", "never"]
    hatched = [c for c in ax.collections if c.get_hatch()]
    assert [len(c.get_paths()) for c in hatched] == [2, 1]
    ax = plots.heatmap([[0.0, 1.0]], [1, 2], [1], log=True)
    assert words(ax) == ["not above 0"]
    ax = plots.heatmap([[np.nan, np.nan]], [1, 2], [1])
    ax.figure.canvas.draw()
    assert words(ax) == ["diverged"]
    assert words(plots.heatmap([[1.0, 2.0]], [1, 2], [1])) == []
    assert words(plots.heatmap([[-1.0, 2.5]], [1, 2], [1])) == []  # no steps


def test_a_heat_map_puts_each_value_at_its_setting():
    ax = plots.heatmap([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [0.01, 0.1, 1.0], [0.0, 0.5], xlabel="rate", ylabel="beta")
    mesh = ax.collections[0]
    assert mesh.get_array().reshape(2, 3).tolist() == [[1, 2, 3], [4, 5, 6]]
    corners = mesh.get_coordinates()
    for j, rate in enumerate((0.01, 0.1, 1.0)):
        assert corners[0, j, 0] < rate < corners[0, j + 1, 0]
    for i, beta in enumerate((0.0, 0.5)):
        assert corners[i, 0, 1] < beta < corners[i + 1, 0, 1]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "linear")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("rate", "beta")


def test_curves_are_the_numbers_of_the_path():
    path = EACH["momentum"]
    across = paths_of(plots.coordinates({"momentum": path}, coordinate=1))["momentum"]
    np.testing.assert_array_equal(across.get_xydata(), np.column_stack((np.arange(21), path.points[:, 1])))
    heights = paths_of(plots.losses({"momentum": path}))["momentum"]
    np.testing.assert_array_equal(heights.get_ydata(), path.losses)
    above = paths_of(plots.contours(VALLEY, {"momentum": path}))["momentum"]
    np.testing.assert_array_equal(above.get_xydata(), path.points)


def test_rates_start_with_the_first_step():
    path = EACH["RMSProp"]
    ax = plots.rates({"RMSProp": path})
    lines = paths_of(ax)
    assert list(lines) == ["RMSProp, $x_{1}$", "RMSProp, $x_{2}$"]
    expected = path.rule.rate(path.state)[1:]
    for i, line in enumerate(lines.values()):
        np.testing.assert_array_equal(line.get_xydata(), np.column_stack((np.arange(1, 21), expected[:, i])))
    assert ax.get_ylim()[1] < 2 * expected.max()
    plain = paths_of(plots.rates({"momentum": EACH["momentum"]}))["momentum"]
    assert set(plain.get_ydata()) == {0.6}
    assert list(paths_of(plots.rates({"RMSProp": path}, coordinate=1))) == ["RMSProp, $x_{2}$"]


def test_factors_are_a_v_and_a_flat_line():
    rates = np.linspace(0.05, 0.6, 12)
    plain, momentum, _ = plots.factors(rates, 4.0, [0.5]).get_lines()
    np.testing.assert_allclose(plain.get_ydata(), abs(1 - 4 * rates), atol=1e-12)
    np.testing.assert_allclose(momentum.get_ydata(), np.sqrt(0.5))
    assert (plain.get_color(), momentum.get_color()) == tuple(plots.STYLE[kind]["color"] for kind in ("GradientDescent", "Momentum"))


def test_names_stand_beside_their_lines_where_there_is_room():
    rules = {"gradient descent": GradientDescent(0.4), "momentum": Momentum(0.6, 0.5), "AdaGrad": AdaGrad(2), "RMSProp": RMSProp(0.4)}
    apart = plots.losses({name: descend(VALLEY, rule, START, 100) for name, rule in rules.items()})
    assert apart.get_legend() is None and set(words(apart)) == set(rules)
    together = plots.coordinates(EACH, coordinate=1)
    assert together.get_legend() is not None


@pytest.mark.parametrize("name", OF_PATHS)
def test_no_paths_and_one_point_still_draw(name):
    FIGURES[name](paths={}).figure.canvas.draw()
    FIGURES[name](paths={"start": descend(VALLEY, RMSProp(0.4), START, 0)}).figure.canvas.draw()
    FIGURES[name](paths={"floor": descend(VALLEY, RMSProp(0.4), (0, 0), 3)}).figure.canvas.draw()


def test_bad_input_names_the_parameter():
    line = descend(Quadratic((1.0,)), GradientDescent(0.1), [1.0], 3)
    for call, error, message in [
        (lambda: plots.losses(line), TypeError, "paths must be {name: Path}"),
        (lambda: plots.losses({"a": 3}), TypeError, "paths must be {name: Path}"),
        (lambda: plots.contours(VALLEY, {"a": line}), ValueError, r"paths\['a'\] must have 2 coordinates, not 1"),
        (lambda: plots.coordinates({"a": line}, 1), ValueError, r"paths\['a'\] must have 2 or more coordinates, not 1"),
        (lambda: plots.coordinates(EACH, -1), ValueError, "coordinate must be a whole number, 0 or more, not -1"),
        (lambda: plots.rates({"a": descend(VALLEY, Mine(), START, 3)}), TypeError, r"paths\['a'\].*rate\(state\)"),
        (lambda: plots.contours(VALLEY, xlim=(1, 0)), ValueError, "xlim must rise"),
        (lambda: plots.contours(VALLEY, ylim=(0, 1, 2)), ValueError, r"ylim must be \(low, high\)"),
        (lambda: plots.factors([0.0, 0.1], 4.0, [0.5]), ValueError, "rates must be .* above 0"),
        (lambda: plots.factors([0.2, 0.1], 4.0, [0.5]), ValueError, "rates must rise"),
        (lambda: plots.factors([0.1, 0.2], 4.0, [1.5]), ValueError, "betas must be"),
        (lambda: plots.heatmap([[1, 2]], [1, 2, 3], [1]), ValueError, r"values must have the shape \(1, 3\)"),
        (lambda: plots.heatmap([[1, 2]], [2, 1], [1]), ValueError, "x must rise"),
        (lambda: plots.valley_3d(VALLEY, ax=plt.gca()), ValueError, "ax must be three-dimensional"),
    ]:
        with pytest.raises(error, match=message):
            call()


def test_needed_draws_each_rule_in_its_style_and_says_what_is_allowed():
    curves = {"straight": (RMSProp(1), [5, 5, 5]), "momentum": (Momentum(1), [20, 50, 160]), "turned": (RMSProp(1), [60, 260, 2100])}
    ax = plots.needed([20, 100, 1000], curves, xlabel="condition number", log=True)
    straight, momentum, turned = ax.get_lines()
    assert straight.get_color() == turned.get_color() == plots.STYLE["RMSProp"]["color"] != momentum.get_color()
    assert straight.get_linestyle() != turned.get_linestyle()
    assert momentum.get_xydata().tolist() == [[20, 20], [100, 50], [1000, 160]]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    plt.close(ax.figure)
    with pytest.raises(ValueError, match=r"steps\['x'\] must have the shape \(3,\), not \(2,\)"):
        plots.needed([20, 100, 1000], {"x": (Momentum(1), [20, 50])})
    with pytest.raises(ValueError, match=r"steps\['x'\] must be a finite number above 0, not 0.0"):
        plots.needed([20, 100], {"x": (Momentum(1), [20, 0])})
    with pytest.raises(ValueError, match=r"settings must be above 0 on a logarithmic axis, not 0.0"):
        plots.needed([0, 45], {"x": (Momentum(1), [20, 50])}, log=True)
    with pytest.raises(ValueError, match="settings must rise"):
        plots.needed([45, 0], {})


def test_a_plus_marks_each_minimum_that_is_known_and_the_frame_holds_them():
    ground = TwoValleys()
    ax = plots.contours(ground, {"slow": descend(ground, GradientDescent(0.01), (-2.3, 1.5), 5)})
    marked = [(*line.get_xdata(), *line.get_ydata()) for line in ax.get_lines() if line.get_marker() == "+"]
    assert marked == [*ground.minima] and sorted(marked) == [(-1.0, 0.0), (2.0, 0.0)]
    assert ax.get_xlim()[1] > 2
