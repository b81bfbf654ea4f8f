"""Inputs that are made to be slow: a name and a function of the size for each. Standard library only."""

import random

# What the match finders multiply with, and of how many bytes: `Sources/Kernels/LZ/Parsing`. With others the inputs are only noise.
HASHES = {
    "hash table": (0x9E3779B97F4A7C15, (5, 6, 8)),
    "rows": (0x9E3779B185EBCA87, (4, 5)),
    "trees": (0x9E3779B1, (4,)),
}
# Words of an input of collisions have this many bits of the product to differ in, far below those that are the hash.
COLLISION_BITS = 16


def inputs():
    """Name -> function that makes `size` bytes, the same ones in every run."""
    made = {"one byte": bytes}
    for period in (2, 3, 7, 16, 31, 64):
        made[f"period {period}"] = lambda size, period=period: repeated(random.Random(period).randbytes(period), size)
    made["de Bruijn"] = de_bruijn
    for finder, (multiplier, widths) in HASHES.items():
        for width in widths:
            made[f"{width} bytes, one hash, {finder}"] = (
                lambda size, multiplier=multiplier, width=width: collisions(multiplier, width, size)
            )
    made["noise with a long repeat"] = noise_with_repeat
    return made


def repeated(part, size):
    return (part * (size // len(part) + 1))[:size]


def de_bruijn(size):
    """Bits as bytes, of a shift register whose period is 2^24 - 1: no 24 of them come twice."""
    # x^24 + x^23 + x^22 + x^17 + 1. Squared k times over two elements, its taps are 2^k times as far: so many bits are made at once.
    taps = (1, 2, 7, 24)
    bits = bytearray(23) + b"\1"
    while len(bits) < size:
        step = 1
        while taps[-1] * step * 2 <= len(bits):
            step *= 2
        total = 0
        for tap in taps:
            start = len(bits) - tap * step
            total ^= int.from_bytes(bits[start : start + step], "little")
        bits += total.to_bytes(step, "little")
    return bytes(bits[:size])


def collisions(multiplier, width, size):
    """Words of `width` bytes whose products have no bit above the lowest ones: their hashes are all 0."""
    modulus = 1 << 8 * width
    inverse = pow(multiplier, -1, modulus)
    words = [(low * inverse % modulus).to_bytes(width, "little") for low in range(1 << min(COLLISION_BITS, 8 * width - 21))]
    return b"".join(random.Random(width).choices(words, k=size // width + 1))[:size]


def noise_with_repeat(size):
    """Noise whose second mebibyte of two is the first once more."""
    source = random.Random(1)
    parts = []
    while sum(map(len, parts)) < size:
        parts += 2 * [source.randbytes(1 << 20)]
    return b"".join(parts)[:size]
