"""Writes .npy files with NumPy, for the tests that run where there is no NumPy."""

import sys
from pathlib import Path

import numpy as np


def arrays() -> dict[str, np.ndarray]:
    values = np.arange(6, dtype="<f8").reshape(2, 3) / 4 - 0.5
    return {
        "f8-c": values,
        "f8-fortran": np.asfortranarray(values),
        "f8-big": values.astype(">f8"),
        "f4-c": values.astype("<f4"),
        "f4-big-fortran": np.asfortranarray(values.astype(">f4")),
        "f8-one": values[0].copy(),
        "f8-three": np.arange(24, dtype="<f8").reshape(2, 3, 4),
        "f8-three-fortran": np.asfortranarray(np.arange(24, dtype="<f8").reshape(2, 3, 4)),
        "i8-c": np.array([[-(2**40), 7]], dtype="<i8"),
        "i4-big": np.array([-3, 2**30], dtype=">i4"),
        "i2-c": np.array([-3, 300], dtype="<i2"),
        "i1-c": np.array([-3, 30], dtype="i1"),
        "u8-c": np.array([3, 2**50], dtype="<u8"),
        "u4-c": np.array([3, 2**32 - 1], dtype="<u4"),
        "u2-c": np.array([3, 65535], dtype="<u2"),
        "u1-c": np.array([3, 255], dtype="u1"),
        "scalar": np.float64(2.5),
        "empty": np.zeros((0, 4)),
        "complex": np.array([1 + 2j]),
        "object": np.array([{"a": 1}], dtype=object),
        "record": np.zeros(2, dtype=[("a", "<f8"), ("b", "<i4")]),
        "text": np.array(["abc"]),
        "f2-c": np.array([1.5], dtype="<f2"),
    }


def main(folder: Path) -> None:
    for name, array in arrays().items():
        np.save(folder / f"{name}.npy", array, allow_pickle=True)
    with (folder / "version-2.npy").open("wb") as file:
        np.lib.format.write_array(file, arrays()["f8-c"], version=(2, 0))
    with (folder / "version-3.npy").open("wb") as file:
        np.lib.format.write_array(file, arrays()["f8-c"], version=(3, 0))


main(Path(sys.argv[1]))
