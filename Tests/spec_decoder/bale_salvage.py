#!/usr/bin/env python3
"""Lists every intact block of a damaged input: the specification's salvage reader, written from its text alone.

usage: bale_salvage.py FILE
"""
import sys

from bale_decode import SYNC_MARKER, BlockHeader, Unsound

def salvage(data):
    """Every intact block in the input's order, as (archive, block, raw bytes); archives are numbered."""
    found, at, archive, last = [], 0, -1, None
    while (at := data.find(SYNC_MARKER, at)) >= 0:
        try:
            block = BlockHeader(data, at)
            block.stored_bytes(data)
        except Unsound:
            at += 1
            continue
        if last is None or not continues(block, last):
            archive += 1
        last, at = block, at + block.span
        try:
            found.append((archive, block, block.raw_bytes(data)))
        except Unsound as error:
            print(f"block {block.ordinal} is not recovered: {error}", file=sys.stderr)
    return found

def continues(block, last):
    last_end = last.raw_offset + last.raw_size
    if block.id_low != last.id_low or block.ordinal <= last.ordinal or block.raw_offset < last_end:
        return False
    return block.ordinal > last.ordinal + 1 or (block.link == last.hash and block.raw_offset == last_end)

def main():
    with open(sys.argv[1], "rb") as file:
        for archive, block, raw in salvage(file.read()):
            print(f"archive {archive} block {block.ordinal}: raw bytes {block.raw_offset} to {block.raw_offset + len(raw)}")

if __name__ == "__main__":
    main()
