"""From symbols to floats: sections 6.1 to 6.6 of the format.

A float is told as its *ordinal* (section 6.7): the magnitude's bit pattern for a clear sign bit, and −1 less that for a
set one. Ordinals increase with the values.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from functools import lru_cache
from math import frexp

import numpy as np
from numpy.typing import NDArray

from .container import ABS, ABS_DITHERED, BITS, FLOAT32, REL, REL_DITHERED, STEP, Precision

Ints = NDArray[np.int64]
_PARTS = 256


class Scale:
    """What the symbols of a precision stand for, and those that are exact: section 6.1."""

    has_phases = False

    def __init__(self, is_float32: bool):
        self.t = 23 if is_float32 else 52
        self.infinity = 0xFF << 23 if is_float32 else 0x7FF << 52
        self.largest = (1 << 31) - 1 if is_float32 else (1 << 63) - 1
        # The largest and the smallest symbol that has a value.
        self.last = self.largest
        self.first = -1 - self.last

    def ordinals(self, symbols: Ints, phases: Ints) -> Ints:
        """The ordinals of symbols between the first and the last, under phases 0 to 255."""
        signs = symbols >> 63
        return self._magnitudes(symbols ^ signs) ^ signs

    def symbol(self, ordinal: int, phase: int) -> int:
        """The symbol of a finite float."""
        return self._rank(ordinal) if ordinal >= 0 else -1 - self._rank(-1 - ordinal)

    def _magnitudes(self, ranks: Ints) -> Ints:
        return ranks

    def _rank(self, magnitude: int) -> int:
        return magnitude


class _Bits(Scale):
    """Section 6.2."""

    def __init__(self, is_float32: bool, bits: int):
        super().__init__(is_float32)
        self._s = self.t - bits
        self._r = self.infinity >> self._s
        self._set_last(self._r + self.largest - self.infinity)

    def _set_last(self, last: int) -> None:
        self.last = last
        self.first = -1 - last

    def _magnitudes(self, ranks: Ints) -> Ints:
        return np.where(ranks < self._r, ranks << self._s, self.infinity + (ranks - self._r))

    def _rank(self, magnitude: int) -> int:
        raised = magnitude + (1 << self._s >> 1)
        return (magnitude if raised >= self.infinity else raised) >> self._s


class _Rows:
    """Rows of cells of equal width: which cell an offset lies in, and which offset stands for a cell."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._numbers: list[int] = []
        self._widths: list[int] = []
        self._halves: list[int] = []
        self._lasts: list[int] = []
        self.end = 0
        self.cells = 0

    def add(self, end: int, width: int, half: int) -> None:
        """A row from the end of the one before to before ``end``."""
        self._starts.append(self.end)
        self._numbers.append(self.cells)
        self._widths.append(width)
        self._halves.append(half)
        self._lasts.append(end - 1)
        self.cells += -(-(end - self.end) // width)
        self.end = end

    def points(self, cells: Ints) -> Ints:
        numbers = np.array(self._numbers, dtype=np.int64)
        row = np.searchsorted(numbers, cells, side="right") - 1
        starts, widths, halves, lasts = (
            np.array(part, dtype=np.int64)[row] for part in (self._starts, self._widths, self._halves, self._lasts)
        )
        return np.minimum(starts + (cells - numbers[row]) * widths + halves, lasts)

    def cell(self, offset: int) -> int:
        row = bisect_right(self._starts, offset) - 1
        return self._numbers[row] + (offset - self._starts[row]) // self._widths[row]


def _period(is_float32: bool, bound: float) -> int:
    """P, where the bound is at least 2⁻¹¹."""
    binades = 1
    while 2 * binades < (254 if is_float32 else 2046) and (binades * 0.35) / bound < 512:
        binades *= 2
    return binades


class _Relative(Scale):
    """Section 6.3."""

    def __init__(self, is_float32: bool, bound: float):
        super().__init__(is_float32)
        self._n = 1 << self.t
        self._rows = _Rows()
        exact = Fraction(bound)
        if bound >= 2**-11:
            self._length = _period(is_float32, bound) * self._n
            self._add_cells(exact)
        else:
            self._length = self._n
            self._add_rows(exact)
        self._last_finite = self._rank(self.infinity - 1)
        self.last = self._last_finite + 1 + self.largest - self.infinity
        self.first = -1 - self.last

    def _value(self, offset: int) -> int:
        return (self._n + offset % self._n) << (offset // self._n)

    def _largest_offset(self, value: int) -> int:
        """The largest offset whose value is at most this one."""
        binade = value.bit_length() - 1 - self.t
        return (binade << self.t) + (value >> binade) - self._n

    def _add_cells(self, bound: Fraction) -> None:
        top, bottom = bound.numerator, bound.denominator
        a = 0
        while a < self._length:
            m = self._largest_offset(self._value(a) * (bottom + top) // bottom)
            z = self._largest_offset(self._value(m) * bottom // (bottom - top))
            b = min(z + 1, self._length)
            self._rows.add(b, b - a, min(m, b - 1) - a)
            a = b

    def _add_rows(self, bound: Fraction) -> None:
        top, bottom = bound.numerator, bound.denominator
        a = 0
        while a < self._n:
            mantissa = self._n + a
            h = top * mantissa // bottom
            w = 2 * h + 1
            following = min(-(-(h + 1) * bottom // top), 2 * self._n)
            cells = (max(mantissa // 1024, following - mantissa) - 1) // w + 1
            b = min(a + cells * w, self._n)
            self._rows.add(b, w, h)
            a = b

    def _magnitudes(self, ranks: Ints) -> Ints:
        cells = np.clip(ranks, self._n, self._last_finite) - self._n
        periods = cells // self._rows.cells
        offsets = periods * self._length + self._rows.points(cells - periods * self._rows.cells)
        normal = np.minimum(self._n + offsets, self.infinity - 1)
        beyond = self.infinity + (ranks - self._last_finite - 1)
        return np.where(ranks < self._n, ranks, np.where(ranks > self._last_finite, beyond, normal))

    def _rank(self, magnitude: int) -> int:
        offset = magnitude - self._n
        if offset < 0:
            return magnitude
        return self._n + offset // self._length * self._rows.cells + self._rows.cell(offset % self._length)


class _Absolute(Scale):
    """Section 6.4."""

    def __init__(self, is_float32: bool, bound: float):
        super().__init__(is_float32)
        lowest, highest = (-149, 104) if is_float32 else (-1074, 971)
        exact = Fraction(bound)
        self._x = min(max(frexp(bound)[1] - 1 - 7, lowest), highest)
        self._lowest = lowest

        def whole(exponent: int) -> int:
            return int(exact / Fraction(2) ** exponent)

        self._q = 2 * whole(self._x) + 1 if self._x == lowest else min(whole(self._x - 1), 4 << self.t)
        self._end = (self._x - lowest + 2) << self.t
        # The largest magnitude of the grid, in units of 2^x.
        self._most = self._units(self._end - 1)
        self._on_grid = self._rank_on_grid(self._end - 1) + 1
        self._rows = _Rows()
        for y in range(self._x + 1, highest + 1):
            half = whole(y)
            if half == 0:
                break
            self._rows.add(self._rows.end + (1 << self.t), 2 * half + 1, half)
        self._rows.add(self.largest - self._end + 1, 1, 0)
        self.last = self._on_grid + self._rows.cells - 1
        self.first = -1 - self.last

    def _units(self, magnitude: int) -> Fraction:
        """The value of a finite magnitude in units of 2^x."""
        exponent = magnitude >> self.t
        mantissa = magnitude & ((1 << self.t) - 1)
        ulps = mantissa if exponent == 0 else ((1 << self.t) + mantissa) << (exponent - 1)
        return Fraction(ulps) / (1 << (self._x - self._lowest))

    def _bits(self, units: NDArray[np.float64]) -> Ints:
        """The magnitude of so many times 2^x."""
        with np.errstate(over="ignore"):
            values = np.ldexp(units, self._x)
            if self.t == 23:
                return values.astype(np.float32).view(np.int32).astype(np.int64)
        return values.view(np.int64)

    def _rank_on_grid(self, magnitude: int) -> int:
        return int(self._units(magnitude) / self._q + Fraction(1, 2))

    def _magnitudes(self, ranks: Ints) -> Ints:
        on_grid = np.minimum(ranks, self._on_grid - 1)
        grid = np.minimum(self._bits(on_grid.astype(np.float64) * float(self._q)), self._end - 1)
        if (ranks < self._on_grid).all():
            return grid
        beyond = self._end + self._rows.points(np.maximum(ranks - self._on_grid, 0))
        return np.where(ranks < self._on_grid, grid, beyond)

    def _rank(self, magnitude: int) -> int:
        if magnitude < self._end:
            return self._rank_on_grid(magnitude)
        return self._on_grid + self._rows.cell(magnitude - self._end)

    def symbol(self, ordinal: int, phase: int) -> int:
        symbol = super().symbol(ordinal, phase)
        return 0 if symbol == -1 and ordinal != -1 else symbol


class _Step(Scale):
    """Section 6.12."""

    def __init__(self, is_float32: bool, units: int, digits: int):
        super().__init__(is_float32)
        self._step = Fraction(units) * Fraction(10) ** -digits
        self._units = float(units * 10 ** max(-digits, 0))
        self._parts = float(10 ** max(digits, 0))
        step = self._units / self._parts
        self._points = int(min(2.0 ** (frexp(step)[1] - 1 + self.t) / step, 2.0**51 / self._units))
        end = (self._points - Fraction(1, 2)) * self._step
        low, high = 0, self.infinity
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self._value(middle) >= end else (middle + 1, high)
        self._end = low
        self.last = self._points + self.largest - self._end
        self.first = -1 - self.last

    def _value(self, magnitude: int) -> Fraction:
        if self.t == 23:
            return Fraction(float(np.int32(magnitude).view(np.float32)))
        return Fraction(float(np.int64(magnitude).view(np.float64)))

    def _magnitudes(self, ranks: Ints) -> Ints:
        points = np.minimum(ranks, self._points - 1).astype(np.float64) * self._units / self._parts
        bits = points.astype(np.float32).view(np.int32).astype(np.int64) if self.t == 23 else points.view(np.int64)
        return np.where(ranks < self._points, bits, self._end + (ranks - self._points))

    def _rank(self, magnitude: int) -> int:
        if magnitude < self._end:
            return int(self._value(magnitude) / self._step + Fraction(1, 2))
        return self._points + magnitude - self._end

    def symbol(self, ordinal: int, phase: int) -> int:
        symbol = super().symbol(ordinal, phase)
        return 0 if symbol == -1 and ordinal != -1 else symbol


class Decimals(Scale):
    """Section 6.13: symbols are whole numbers of units, or ordinals."""

    def __init__(self, is_float32: bool, digits: int):
        super().__init__(is_float32)
        self._parts = float(10**digits)

    def ordinals(self, symbols: Ints, phases: Ints) -> Ints:
        limit = 1 << self.t
        is_decimal = (symbols > -limit) & (symbols < limit)
        values = np.where(is_decimal, symbols, 0).astype(np.float64) / self._parts
        if self.t == 23:
            bits = values.astype(np.float32).view(np.int32).astype(np.int64)
            decimals = bits ^ ((bits >> 63) & 0x7FFFFFFF)
        else:
            bits = values.view(np.int64)
            decimals = bits ^ ((bits >> 63) & np.int64(0x7FFFFFFFFFFFFFFF))
        return np.where(is_decimal, decimals, np.where(symbols == -limit, -1, symbols))


class _DitheredRelative(Scale):
    """Section 6.5, where the bound is at least 2⁻¹¹."""

    has_phases = True

    def __init__(self, is_float32: bool, bound: float):
        super().__init__(is_float32)
        self._n = 1 << self.t
        binades = _period(is_float32, bound)
        self._length = binades * self._n
        self._bound = bound
        square = bound * bound
        artanh = bound * (1 + square * (1.0 / 3 + square * (1.0 / 5 + square / 7)))
        cells = max(1, int((binades * 0.34657359027997264) / artanh))
        while not self._suffices(cells, binades):
            cells += 1
        self._last_offset = self.infinity - 1 - self._n
        self._last_cell = (self._sub_cell(self._last_offset) + _PARTS - 1) // _PARTS
        self.last = self._n + self._last_cell + 1 + self.largest - self.infinity
        self.first = -1 - self.last

    def _suffices(self, cells: int, binades: int) -> bool:
        """Sets starts and points for this number of cells, and says whether it is one to be taken."""
        starts = self._starts_of(_PARTS * cells, binades)
        if not (np.diff(starts) > 0).all():
            return False
        # Values are told in units of the ulp of the binade that a sub-cell starts in.
        binade = starts[:-1] >> self.t
        mantissa = self._n + (starts[:-1] & (self._n - 1))
        reach = mantissa + _times(mantissa, self._bound)
        above = reach >> (self.t + 1)
        points = ((binade + above) << self.t) + (reach >> above) - self._n
        last = np.concatenate([starts[_PARTS:-1], starts[:_PARTS] + self._length]) - 1
        end = (self._n + (last & (self._n - 1))) << ((last >> self.t) - binade)
        point = (reach >> above) << above
        if (end - point > _times(end, self._bound)).any():
            return False
        self._starts, self._points = starts[:-1], points
        return True

    def _starts_of(self, count: int, binades: int) -> Ints:
        """a_0 … a_n for the smallest ratio with which the last is the next period's first.

        Rounding down costs each step less than two parts in 2⁶², so it is at most a few above the root of 2^binades.
        """
        ratio = _ratio(binades, count)
        while True:
            steps = _steps(ratio, count)
            # A step that falls is one into the next binade.
            binade = np.concatenate([[0], np.cumsum(steps[1:] < steps[:-1])])
            if binade[-1] >= binades:
                starts = (binade << self.t) + (steps >> (62 - self.t)) - self._n
                starts[-1] = self._length
                return starts
            ratio += 1

    def _sub_cell(self, offset: int) -> int:
        periods, within = divmod(offset, self._length)
        return periods * len(self._points) + int(np.searchsorted(self._starts, within, side="right")) - 1

    def ordinals(self, symbols: Ints, phases: Ints) -> Ints:
        signs = symbols >> 63
        ranks = symbols ^ signs
        cells = np.clip(ranks - self._n, 0, self._last_cell)
        periods, within = np.divmod(_PARTS * cells - phases, len(self._points))
        offsets = self._points[within] + periods * self._length
        normal = self._n + np.clip(offsets, 0, self._last_offset)
        beyond = self.infinity + (ranks - self._n - self._last_cell - 1)
        is_beyond = ranks > self._n + self._last_cell
        return np.where(ranks < self._n, ranks, np.where(is_beyond, beyond, normal)) ^ signs

    def symbol(self, ordinal: int, phase: int) -> int:
        magnitude = ordinal if ordinal >= 0 else -1 - ordinal
        offset = magnitude - self._n
        rank = magnitude if offset < 0 else self._n + (self._sub_cell(offset) + phase) // _PARTS
        return rank if ordinal >= 0 else -1 - rank


def _steps(ratio: int, count: int) -> Ints:
    """y_0 … y_n of section 6.5."""
    y, top = 1 << 62, 1 << 63
    steps = [y]
    append = steps.append
    for _ in range(count):
        y = y * ratio >> 62
        if y >= top:
            y >>= 1
        append(y)
    return np.array(steps, dtype=np.int64)


def _times(numbers: Ints, bound: float) -> Ints:
    """⌊number · bound⌋, exactly, of numbers below 2^54 and a bound of at most ¼."""
    mantissa, exponent = frexp(bound)
    factor, half = int(mantissa * (1 << 53)), (1 << 27) - 1
    low, high = numbers & half, numbers >> 27
    middle = high * (factor & half) + low * (factor >> 27) + (low * (factor & half) >> 27)
    return (high * (factor >> 27) + (middle >> 27)) >> (53 - exponent - 54)


def _ratio(binades: int, count: int) -> int:
    """A number not above the smallest ratio, and at most a few below it: 2^(62 + binades / count)."""
    # e^x by its series, in units of 2^-128.
    unit = 1 << 128
    ln2 = sum(unit // (k << k) for k in range(1, 130))
    x = ln2 * binades // count
    total, term, k = unit, unit, 1
    while term:
        term = term * x // (unit * k)
        total += term
        k += 1
    return total >> 66


class _DitheredAbsolute(_Absolute):
    """Section 6.6, where the bound is not below all floats."""

    has_phases = True

    def __init__(self, is_float32: bool, bound: float):
        super().__init__(is_float32, bound)
        above = self._nearest(self._most + self._shift(255))
        below = self._nearest(-self._most)
        self._last_on_grid = max(above, -below)
        self.last = self._last_on_grid + self._rows.cells
        self.first = -self.last

    def _shift(self, phase: int) -> int:
        return phase * self._q >> 8

    def _nearest(self, units: Fraction) -> int:
        """⌊units / q + ½⌋, rounding down also below 0."""
        return (units / self._q + Fraction(1, 2)).__floor__()

    def ordinals(self, symbols: Ints, phases: Ints) -> Ints:
        units = np.clip(symbols, -self._last_on_grid, self._last_on_grid) * self._q - (phases * self._q >> 8)
        most = int(self._most)
        signs = units >> 63
        on_grid = self._bits(np.minimum(np.abs(units), most).astype(np.float64)) ^ signs
        numbers = np.abs(symbols)
        is_beyond = numbers > self._last_on_grid
        if not is_beyond.any():
            return on_grid
        beyond = self._end + self._rows.points(np.maximum(numbers - self._last_on_grid - 1, 0))
        return np.where(is_beyond, beyond ^ (symbols >> 63), on_grid)

    def symbol(self, ordinal: int, phase: int) -> int:
        magnitude = ordinal if ordinal >= 0 else -1 - ordinal
        if magnitude < self._end:
            units = self._units(magnitude)
            return self._nearest((units if ordinal >= 0 else -units) + self._shift(phase))
        symbol = self._last_on_grid + 1 + self._rows.cell(magnitude - self._end)
        return symbol if ordinal >= 0 else -symbol


@lru_cache(maxsize=256)
def scale_of(precision: Precision, type_number: int) -> Scale:
    """The scale of a float column. The tables of some take a tenth of a second."""
    is_float32 = type_number == FLOAT32
    kind, bound = precision.kind, precision.bound
    if precision.is_snapped:
        # Section 6.11: the grid takes 63/64 of the bound.
        bound = max(bound * 0.984375, 5e-324)
    if kind == STEP:
        return _Step(is_float32, precision.units, precision.digits)
    if kind == BITS:
        return _Bits(is_float32, int(bound))
    if kind == REL_DITHERED and bound >= 2**-11:
        return _DitheredRelative(is_float32, bound)
    if kind in (REL, REL_DITHERED):
        return _Relative(is_float32, bound)
    if kind in (ABS, ABS_DITHERED) and Fraction(bound) >= Fraction(2) ** (-149 if is_float32 else -1074):
        return (_DitheredAbsolute if kind == ABS_DITHERED else _Absolute)(is_float32, bound)
    return Scale(is_float32)
