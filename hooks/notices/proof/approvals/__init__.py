"""Approvals: who agreed that a notice becomes public as it is, signed with the keys of SSH.

``statement`` is what a reviewer signs, ``approvers`` who may sign and how many must, which whoever
pushes has no say in, and ``judge`` tells which approvals of a project hold. Each is imported by
itself: who may sign is asked before anything is loaded.
"""
