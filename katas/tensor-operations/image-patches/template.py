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
    # BLANK_START
    # TODO: name the parts of the axes on the left, join them on the right.
    raise NotImplementedError
    # BLANK_END


def to_images(patches: Tensor, size: int, height: int) -> Tensor:
    """Undoes `to_patches`.

    Args:
        patches: shape [batch, patches, size · size · colours]
        height: of the images, in pixels

    Returns:
        shape [batch, colours, height, width]
    """
    # BLANK_START
    # TODO: the same picture, from right to left.
    raise NotImplementedError
    # BLANK_END
