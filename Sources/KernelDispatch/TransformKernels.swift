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

extension KernelSet.Calls {
    static let portable = Self(
        x86: Directions(places: CallTargets.placesX86, distances: CallTargets.distancesX86),
        arm64: Directions(places: CallTargets.placesArm64, distances: CallTargets.distancesArm64))
}

#if arch(x86_64)
    extension KernelSet.Planes {
        static let avx2 = Self(split: BytePlanesAVX2.split, join: BytePlanesAVX2.join)
    }

    extension KernelSet.Filters {
        static let avx2 = Self(
            difference: ElementFilterAVX2.difference,
            sum: ElementFilterAVX2.sum,
            xorPrevious: ElementFilterAVX2.xorPrevious,
            undoXorPrevious: ElementFilterAVX2.undoXorPrevious,
            zigzag: ElementFilterAVX2.zigzag,
            undoZigzag: ElementFilterAVX2.undoZigzag,
            differenceZigzag: ElementFilterAVX2.differenceZigzag,
            undoDifferenceZigzag: ElementFilterAVX2.undoDifferenceZigzag)
    }

    extension KernelSet.Bitmaps {
        static let avx2 = Self(pack: ZeroBitmapAVX2.pack, unpack: ZeroBitmapAVX2.unpack, ones: ZeroBitmapAVX2.ones)
    }

    extension KernelSet.Calls {
        static let avx2 = Self(
            x86: Directions(places: CallTargetsAVX2.placesX86, distances: CallTargetsAVX2.distancesX86),
            arm64: Directions(places: CallTargetsAVX2.placesArm64, distances: CallTargetsAVX2.distancesArm64))
    }

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

    extension KernelSet.Calls {
        static let avx512 = Self(
            x86: Directions(places: CallTargetsAVX512.placesX86, distances: CallTargetsAVX512.distancesX86),
            arm64: Directions(places: CallTargetsAVX512.placesArm64, distances: CallTargetsAVX512.distancesArm64))
    }
#endif
