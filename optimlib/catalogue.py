"""What Python, JavaScript and the styles all have to know, read from catalogue.json: of the rules, and of a lab.

rules: the rules of the library by kind, the name that a saved lab, a link and a class in CSS have for it.
    class: its class in optimlib.rules.    label: what readers call it.
    settings: what "Add a rule" starts with, in the order of the class's fields.
    remembers: what it remembers, by name, and where that starts.
    marker: the shape on its points, of MARKERS in js/valley/markers.js and in plots.py.
    colour: on a light page, where plots have it too, and on a dark one.
    map: for a rule that has a map: over which setting beside lr, and what is counted at first, the steps
        until the loss "stays" below or until it "first" gets there.
others: what is drawn like a rule and is none of the library's: a rule that Python replays, and the reader's own.
settings: the settings of rules by name.
    name: the words on its slider.    about: what they mean, told to who asks.    range: what it may be, a check of optimlib._valid.
    default: what stands in where there is none that can be used, and the default of the classes; lr has none there, and
        the eps of Adam is that of its own settings, as it stands outside the root.
    slider: "rate", over numbers of two digits, [lowest, highest, step], or "box", to be ticked; without it there is none.
schedules: how the learning rate of a rule may change from step to step, by the name that a saved lab and a link have for it.
    class, setting: its class in optimlib.schedules, and the one setting that it has beside lr; constant has neither.
    name: the words to choose it by.    short: those on the slider of its setting.    about: what it does.
    range, default, slider: of its setting, as above.
grounds: the surfaces of optimlib.other_ground that a lab knows, by the name that a saved lab and a link have for it.
    class: its class there.    label: what readers call it.    settings: those of the class, with their defaults, but for its dimension, which is 2.
    start, frame: where a lab that is given this ground begins, and what it shows, [low, high] of each coordinate.
dashes: those of the lab's lines, one for each rule that it may hold. They tell places in the lab apart, not kinds.
limits: of a lab: how many rules, how many steps, how far out; and how many times its start a loss is that has diverged.
layers, panels: the parts of a lab that open in and below the picture, with the words on their buttons; inner: those that open from a panel.
questions: what a lab can ask before it shows, in words.
CODE_LIMITS, from portable/code_limits.json: for how many seconds a reader's code may run once Python is there, and for how long
    that may take; and how many characters it may print.
CODE_WORDS, from portable/code_words.json: what is said where a reader's code was stopped, and where what it printed was cut.
"""

from . import _needs

CATALOGUE = _needs.data("catalogue.json")

RULES, OTHERS, SETTINGS = CATALOGUE["rules"], CATALOGUE["others"], CATALOGUE["settings"]
SCHEDULES, GROUNDS = CATALOGUE["schedules"], CATALOGUE["grounds"]
LIMITS, QUESTIONS = CATALOGUE["limits"], CATALOGUE["questions"]
CODE_LIMITS = _needs.data("portable/code_limits.json")
CODE_WORDS = _needs.data("portable/code_words.json")
PARTS = {**CATALOGUE["layers"], **CATALOGUE["inner"], **CATALOGUE["panels"]}

# The default of each setting of a rule, by its name.
DEFAULTS = {name: setting["default"] for name, setting in SETTINGS.items()}
