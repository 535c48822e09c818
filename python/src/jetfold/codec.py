"""A codec of arrays as numcodecs, and so Zarr, has them."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from . import command
from .file import from_bytes

try:
    from numcodecs.abc import Codec as _Codec
    from numcodecs.registry import register_codec
except ImportError:
    _Codec = object

    def register_codec(_codec: Any) -> None:
        """Nobody to tell."""


class JetfoldCodec(_Codec):  # type: ignore[misc]
    """Compresses an array with one precision: ``exact``, ``bits:10``, ``rel:0.004``, ``abs:0.001:dither``…

    Decoding needs NumPy alone. Encoding calls the command ``jetfold``, which must be on the PATH. What comes back is
    one-dimensional; whoever calls knows the shape, as with any codec of this kind.
    """

    codec_id = "jetfold"

    def __init__(self, precision: str = "exact"):
        self.precision = precision

    def encode(self, buf: Any) -> bytes:
        """The bytes of a whole ``.jetf`` file. An empty array has none."""
        array = np.ascontiguousarray(np.asarray(buf)).reshape(-1)
        if not array.size:
            return b""
        npy = io.BytesIO()
        np.save(npy, array.astype(array.dtype.newbyteorder("<")), allow_pickle=False)
        arguments = ["compress", "-", "--from", "npy", "--precision", f"*={self.precision}", "-o", "-", "-q"]
        return command.run(arguments, memoryview(npy.getvalue()), f"to compress with {self.precision}")

    def decode(self, buf: Any, out: Any = None) -> Any:
        """The values, one behind the other."""
        data = memoryview(buf).cast("B")
        values = np.zeros(0, dtype=np.uint8) if not len(data) else next(iter(from_bytes(data).values()))
        if out is None:
            return values
        target = np.asarray(out)
        target.reshape(-1).view(values.dtype)[:] = values
        return out

    def get_config(self) -> dict[str, Any]:
        """What numcodecs stores beside the data."""
        return {"id": self.codec_id, "precision": self.precision}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> JetfoldCodec:
        """The codec that stored this."""
        return cls(config.get("precision", "exact"))


register_codec(JetfoldCodec)
