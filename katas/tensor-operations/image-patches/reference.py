from einops import rearrange
from torch import Tensor


def to_patches(images: Tensor, size: int) -> Tensor:
    """Cuts images into squares: patch number r · columns + s stands in row r and column s of the
    patches, and holds its pixels row by row, the colours of a pixel next to each other.

    Args:
        images: shape [batch, colours, height, width]; size divides both height and width
        size: pixels on each side of a patch

    Returns:
        shape [batch, patches, size · size · colours]
    """
    return rearrange(images, "b c (r p) (s q) -> b (r s) (p q c)", p=size, q=size)


def to_images(patches: Tensor, size: int, height: int) -> Tensor:
    """Undoes `to_patches`.

    Args:
        patches: shape [batch, patches, size · size · colours]
        height: of the images, in pixels

    Returns:
        shape [batch, colours, height, width]
    """
    rows = height // size
    return rearrange(patches, "b (r s) (p q c) -> b c (r p) (s q)", r=rows, p=size, q=size)
