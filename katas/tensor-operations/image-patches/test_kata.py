import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import to_images, to_patches

SIZE = params.get("size", 2)
ROWS = params.get("rows", 3)
COLUMNS = params.get("columns", 4)


def patches_of(image, size):
    """Cut one patch and one pixel after the other; image has shape [colours, height, width]."""
    colours, height, width = image.shape
    return [
        [
            image[c, top + i, left + j].item()
            for i in range(size)
            for j in range(size)
            for c in range(colours)
        ]
        for top in range(0, height, size)
        for left in range(0, width, size)
    ]


def test_a_grey_image_is_cut_row_by_row():
    image = torch.arange(16.0).reshape(1, 1, 4, 4)
    expected = [[0.0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]
    assert_close(to_patches(image, 2), torch.tensor([expected]), 1e-5, "patches")


def test_the_colours_of_a_pixel_stand_side_by_side():
    image = torch.tensor([[[[1.0, 2.0]], [[10.0, 20.0]], [[100.0, 200.0]]]])
    expected = torch.tensor([[[1.0, 10, 100], [2, 20, 200]]])
    assert_close(to_patches(image, 1), expected)


def test_a_wide_image_has_its_patches_in_reading_order():
    image = torch.arange(12.0).reshape(1, 1, 2, 6)
    expected = torch.tensor([[[0.0, 1, 6, 7], [2, 3, 8, 9], [4, 5, 10, 11]]])
    assert_close(to_patches(image, 2), expected)


def test_random_images_of_the_variations_sizes_match_a_loop():
    images = torch.randn(2, 3, ROWS * SIZE, COLUMNS * SIZE)
    out = to_patches(images, SIZE)
    assert_shape(out, (2, ROWS * COLUMNS, SIZE * SIZE * 3), "patches")
    expected = torch.tensor([patches_of(image, SIZE) for image in images])
    assert_close(out, expected, 1e-6, "patches")


def test_patches_become_the_image_again():
    patches = torch.tensor([[[0.0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]])
    expected = torch.arange(16.0).reshape(1, 1, 4, 4)
    assert_close(to_images(patches, 2, 4), expected, 1e-5, "images")


def test_one_undoes_the_other_on_the_variations_sizes():
    images = torch.randn(2, 3, ROWS * SIZE, COLUMNS * SIZE)
    back = to_images(to_patches(images, SIZE), SIZE, ROWS * SIZE)
    assert_shape(back, images.shape, "images")
    assert_close(back, images, 1e-6, "images")


def test_the_height_tells_wide_images_from_tall_ones():
    patches = torch.randn(1, 6, 4)
    tall, wide = to_images(patches, 2, 6), to_images(patches, 2, 4)
    assert_shape(tall, (1, 1, 6, 4), "tall image")
    assert_shape(wide, (1, 1, 4, 6), "wide image")
    assert_close(tall[0, 0, 2, :2], patches[0, 2, :2], 1e-6, "third patch")
    assert_close(wide[0, 0, 2, :2], patches[0, 3, :2], 1e-6, "fourth patch")
