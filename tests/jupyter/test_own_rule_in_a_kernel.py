"""An own rule without end in a live kernel, which a front end has begun: the kernel goes on, and what stops the rule leaves all usable."""

import pytest
from jupyter_client.manager import start_new_kernel

PATIENCE = 60
MADE = """\
from optimlib import Lab, Momentum, Quadratic
from optimlib.lab import own_rule_process
own_rule_process.SECONDS = 1000
first_line, begun = own_rule_process._first_line, []
def begin(process):
    line = first_line(process)
    begun.append(process)
    print("it runs")
    return line
own_rule_process._first_line = begin
lab = Lab(Quadratic(), [Momentum(lr=0.6, beta=0.5)], steps=3)
print(lab.comm.comm_id)"""
ENDLESS = "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass"
RIGHT = "def update(x, g, memory, t):\n    return x - 0.1 * g, memory"


class Kernel:
    """A kernel with a lab, of which nothing is heard but what it says."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client
        self.lab = self.run(MADE)
        self.presses = 0

    def begin(self, code):
        return self.client.execute(code)

    def said(self, request):
        """What a cell prints, or the name of its error, once it has ended."""
        text = ""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            kind, content = message["msg_type"], message["content"]
            if message["parent_header"].get("msg_id") == request:
                text += content.get("text", "") if kind == "stream" else content["ename"] if kind == "error" else ""
                if kind == "status" and content["execution_state"] == "idle":
                    return text.strip()

    def run(self, code):
        return self.said(self.begin(code))

    def press_run(self, source):
        """What a front end tells when the reader presses Run."""
        self.presses += 1
        state = {"own_rule": source, "own_rule_run": self.presses}
        content = {"comm_id": self.lab, "data": {"method": "update", "state": state, "buffer_paths": []}}
        self.client.shell_channel.send(self.client.session.msg("comm_msg", content))

    def begun(self):
        """What a cell sees of the lab's reply once the process that runs the rule is there."""
        return self.run("import asyncio\nwhile not begun: await asyncio.sleep(0.01)\nprint(lab.own_rule_reply)").splitlines()[-1]

    def reply(self):
        """What the lab is told next of the rule."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == "comm_msg":
                reply = message["content"]["data"].get("state", {}).get("own_rule_reply")
                if reply:
                    return reply


@pytest.fixture
def kernel():
    manager, client = start_new_kernel()
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_the_kernel_goes_on_while_a_rule_runs_and_an_interrupt_or_closing_ends_it(kernel):
    kernel.press_run(ENDLESS)
    assert kernel.begun() == "{}", "a cell runs meanwhile"
    kernel.manager.interrupt_kernel()
    assert kernel.reply()["stopped"] == "Stopped by an interrupt of the kernel."

    kernel.press_run(RIGHT)
    assert len(kernel.reply()["points"]) == 4
    assert kernel.run("begun.clear()") == ""
    kernel.press_run(ENDLESS)
    kernel.press_run(RIGHT)
    kernel.begun()
    kernel.run("begun.pop().kill()")
    assert len(kernel.reply()["points"]) == 4, "the latest next"

    kernel.run("begun.clear()")
    kernel.press_run(ENDLESS)
    kernel.begun()
    assert kernel.run("lab.close()\nprint(begun[0].wait(60) < 0)") == "True"


def test_an_interrupt_of_a_cell_that_waits_for_a_rule_leaves_the_lab_usable(kernel):
    waiting = kernel.begin(f"lab.own_rule = {ENDLESS!r}")
    while "it runs" not in kernel.client.get_iopub_msg(timeout=PATIENCE)["content"].get("text", ""):
        pass
    kernel.manager.interrupt_kernel()
    assert kernel.said(waiting) == "KeyboardInterrupt"
    assert kernel.run("print(lab.own_rule_reply['stopped'])") == "Stopped by an interrupt of the kernel."
    assert kernel.run(f"lab.own_rule = {RIGHT!r}\nprint(lab.path('your rule').points.shape)").splitlines()[-1] == "(4, 2)"
