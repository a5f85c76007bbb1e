"""Everything that is Qt."""

import builtins

# PySide replaces Python's import by one that reads the source of every module, to look for a
# syntax of its own that is not used here; pages would come a fifth later for it.
_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _import
