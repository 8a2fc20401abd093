"""Records where PyTorch and optax go down the valley, step by step, in double precision: writes frameworks.json beside this file.

    python tests/cases/record_frameworks.py

It needs torch, optax and jax, which the course does not: run it in an environment of its own (pip install torch optax jax).
tests/unit/test_frameworks.py holds the library's rules to what it wrote.

Where the frameworks differ from the library:
- the small constant of AdaGrad and RMSProp: inside the root here and in optax, outside in PyTorch, so it is 0 there;
- AdaGrad's memory begins at 0 here and in PyTorch, and in optax at 0.1 unless told;
- Adam's small constant is outside the root everywhere, and the averages are corrected everywhere.
"""

import importlib.metadata
import json
import pathlib
import sys

import jax
import optax
import torch

CURVATURES, START, STEPS = (0.2, 4.0), (-5.0, -2.0), 40
# name: (the first rate, the settings of the rule in the library)
RULES = {
    "Momentum": (0.3, {"beta": 0.5}),
    "Nesterov": (0.2, {"beta": 0.5}),
    "AdaGrad": (1.5, {"eps": 1e-6}),
    "RMSProp": (0.2, {"rho": 0.9, "eps": 1e-6}),
    "Adam": (0.3, {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8}),
}
# name: (the settings of the schedule in the library, the share of the first rate at step t, from 0)
SCHEDULES = {
    None: ({}, lambda t: 1.0),
    "Exponential": ({"gamma": 0.95}, lambda t: 0.95**t),
    "InverseTime": ({"half": 20.0}, lambda t: 1 / (1 + t / 20)),
    "WarmUp": ({"length": 5}, lambda t: min(1.0, (t + 1) / 5)),
}


def in_torch(rule, lr, settings, share):
    """The points of PyTorch's optimizer, the start among them."""
    x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = {
        "Momentum": lambda: torch.optim.SGD([x], lr, momentum=settings["beta"]),
        "Nesterov": lambda: torch.optim.SGD([x], lr, momentum=settings["beta"], nesterov=True),
        "AdaGrad": lambda: torch.optim.Adagrad([x], lr, eps=settings["eps"]),
        "RMSProp": lambda: torch.optim.RMSprop([x], lr, alpha=settings["rho"], eps=settings["eps"]),
        "Adam": lambda: torch.optim.Adam([x], lr, betas=(settings["beta1"], settings["beta2"]), eps=settings["eps"]),
    }[rule]()
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    points = [x.tolist()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        (torch.tensor(CURVATURES, dtype=torch.float64) * x * x / 2).sum().backward()
        optimizer.step()
        schedule.step()
        points.append(x.tolist())
    return points


def in_optax(rule, lr, settings, share):
    """The points of optax's optimizer, the start among them."""
    rates = jax.numpy.array([lr * share(t) for t in range(STEPS)])
    scaled = {
        "Momentum": lambda: optax.trace(settings["beta"]),
        "Nesterov": lambda: optax.trace(settings["beta"], nesterov=True),
        "AdaGrad": lambda: optax.scale_by_rss(initial_accumulator_value=0.0, eps=settings["eps"]),
        "RMSProp": lambda: optax.scale_by_rms(settings["rho"], eps=settings["eps"]),
        "Adam": lambda: optax.scale_by_adam(settings["beta1"], settings["beta2"], eps=settings["eps"]),
    }[rule]()
    optimizer = optax.chain(scaled, optax.scale_by_learning_rate(lambda t: rates[t]))
    x = jax.numpy.array(START)
    state = optimizer.init(x)
    points = [x.tolist()]
    for _ in range(STEPS):
        updates, state = optimizer.update(jax.numpy.array(CURVATURES) * x, state, x)
        x = optax.apply_updates(x, updates)
        points.append(x.tolist())
    return points


def main():
    jax.config.update("jax_enable_x64", True)
    runs = []
    for framework, points in (("torch", in_torch), ("optax", in_optax)):
        for rule, (lr, usual) in RULES.items():
            inside = framework == "torch" and rule in ("AdaGrad", "RMSProp")
            settings = usual | ({"eps": 0.0} if inside else {})
            for schedule, (shape, share) in SCHEDULES.items():
                run = {"framework": framework, "rule": rule, "lr": lr, "settings": settings, "schedule": schedule, "shape": shape}
                runs.append(run | {"points": points(rule, lr, settings, share)})
    versions = {name: importlib.metadata.version(name) for name in ("torch", "optax", "jax")}
    head = {"python": sys.version.split()[0], "versions": versions, "curvatures": CURVATURES, "start": START}
    lines = ",\n".join(json.dumps(run) for run in runs)
    text = json.dumps(head)[:-1] + ', "runs": [\n' + lines + "\n]}\n"
    (pathlib.Path(__file__).parent / "frameworks.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
