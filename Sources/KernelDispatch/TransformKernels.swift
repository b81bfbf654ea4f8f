internal import Kernels

extension KernelSet.Planes {
    static let portable = Self(split: BytePlanes.split, join: BytePlanes.join)
}

extension KernelSet.Filters {
    static let portable = Self(
        difference: ElementFilter.difference,
        sum: ElementFilter.sum,
        xorPrevious: ElementFilter.xorPrevious,
        undoXorPrevious: ElementFilter.undoXorPrevious,
        zigzag: ElementFilter.zigzag,
        undoZigzag: ElementFilter.undoZigzag,
        differenceZigzag: ElementFilter.differenceZigzag,
        undoDifferenceZigzag: ElementFilter.undoDifferenceZigzag)
}

extension KernelSet.Bitmaps {
    static let portable = Self(pack: ZeroBitmap.pack, unpack: ZeroBitmap.unpack, ones: ZeroBitmap.ones)
}
