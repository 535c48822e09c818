"""Reads ``.jetf`` files, tables of physics measurements that Jetfold compressed, with nothing but NumPy.

>>> import jetfold
>>> jets = jetfold.open("jets.jetf")
>>> jets.keys()
>>> jets["pt"], jets.offsets()
>>> jets.arrays(["pt", "eta"], entry_start=0, entry_stop=100)
>>> jets.columns["pt"].precision, jets.columns["pt"].largest_error

Every checksum on the way is checked. Columns that a learned model codes are decoded by the command ``jetfold``.
"""

from .codec import JetfoldCodec
from .errors import CommandError, DamagedError, JetfoldError, UnsupportedError
from .file import Column, JetfoldFile, from_bytes, open

__all__ = [
    "Column",
    "CommandError",
    "DamagedError",
    "JetfoldCodec",
    "JetfoldError",
    "JetfoldFile",
    "UnsupportedError",
    "from_bytes",
    "open",
]
__version__ = "0.1.0"
