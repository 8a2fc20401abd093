"""The lab: its widget (widget.Lab), the findings that it can open, and the process that runs a reader's own rule."""
