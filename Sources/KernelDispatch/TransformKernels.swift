internal import Kernels
internal import KernelsAVX2
internal import KernelsAVX512

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

#if arch(x86_64)
    extension KernelSet.Planes {
        static let avx512 = Self(split: BytePlanesAVX512.split, join: BytePlanesAVX512.join)
    }

    extension KernelSet.Filters {
        static let avx512 = Self(
            difference: ElementFilterAVX512.difference,
            sum: ElementFilterAVX512.sum,
            xorPrevious: ElementFilterAVX512.xorPrevious,
            undoXorPrevious: ElementFilterAVX512.undoXorPrevious,
            zigzag: ElementFilterAVX512.zigzag,
            undoZigzag: ElementFilterAVX512.undoZigzag,
            differenceZigzag: ElementFilterAVX512.differenceZigzag,
            undoDifferenceZigzag: ElementFilterAVX512.undoDifferenceZigzag)
    }

    extension KernelSet.Bitmaps {
        static let avx512 = Self(pack: ZeroBitmapAVX512.pack, unpack: ZeroBitmapAVX512.unpack, ones: ZeroBitmapAVX512.ones)
    }
#endif
