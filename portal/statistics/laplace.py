"""Noise drawn by OpenDP, for whoever makes a release. No seed: nobody can draw the same noise again."""

from collections.abc import Callable, Sequence
from typing import Protocol

WIDER = 1 + 1e-9  # a plain 1/share lets OpenDP's exact map say 0.14000000000000002, and the guard refuses


class Draw(Protocol):
    """Counts in, the same counts with noise of a share (thousandths of ε) out."""

    def __call__(self, counts: Sequence[int], share: int) -> list[int]: ...


def opendp_draw() -> Draw:
    """OpenDP's discrete Laplace noise. Loaded here and nowhere else: what serves pages never needs its 265 MB.

    Raises ModuleNotFoundError where the extra `dp` is not installed.
    """
    import opendp.prelude as dp  # noqa: PLC0415 (the one named exception: create_app must not load it)

    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    make: Callable[..., dp.Measurement] = dp.m.make_laplace

    def draw(counts: Sequence[int], share: int) -> list[int]:
        epsilon = share / 1_000
        measurement = make(*space, scale=WIDER / epsilon)
        if not measurement.map(1) <= epsilon:
            raise AssertionError("the noise tells more than its share")
        return [int(count) for count in measurement(list(counts))]

    return draw
