// Filters replace each element by something smaller or more frequent that leads back to it. Forward filters look at the element before
// from memory: a vector of elements and the one that begins an element earlier. The latter is loaded before the former is overwritten,
// so that source and target may be the same.

/// Elements of 1, 2, 4 or 8 bytes to as many of the same width, in wrapping arithmetic.
package enum ElementFilter {
    /// `(source, count, width, target)`: filters `count` elements of `width` bytes, little-endian integers. The element before the first
    /// counts as 0.
    ///
    /// Preconditions: `width` is 1, 2, 4 or 8; source and target are equal or disjoint, slack included. Up to 128 bytes behind the
    /// source may be read, and behind the target overwritten.
    package typealias Apply =
        @Sendable (
            _ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer
        ) -> Void

    /// Each element less the one before it.
    @Sendable
    package static func difference(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        withEachWidth(source, count, width, target, .difference)
    }

    /// The inverse of `difference`: the sum of all elements so far.
    @Sendable
    package static func sum(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        accumulate(source, count, width, target, isZigzag: false)
    }

    /// Each element xor the one before it.
    @Sendable
    package static func xorPrevious(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        withEachWidth(source, count, width, target, .xor)
    }

    /// The inverse of `xorPrevious`: the xor of all elements so far.
    @Sendable
    package static func undoXorPrevious(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        switch width {
        case 1: accumulateXor(source, count, 1, target)
        case 2: accumulateXor(source, count, 2, target)
        case 4: accumulateXor(source, count, 4, target)
        default: accumulateXor(source, count, 8, target)
        }
    }

    /// Signed elements as unsigned ones of like magnitude: 0, -1, 1, -2, 2 ... become 0, 1, 2, 3, 4 ...
    @Sendable
    package static func zigzag(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        withEachWidth(source, count, width, target, .zigzag)
    }

    /// The inverse of `zigzag`.
    @Sendable
    package static func undoZigzag(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        withEachWidth(source, count, width, target, .undoZigzag)
    }

    /// `difference`, then `zigzag`, in one pass.
    @Sendable
    package static func differenceZigzag(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        withEachWidth(source, count, width, target, .differenceZigzag)
    }

    /// `undoZigzag`, then `sum`, in one pass.
    @Sendable
    package static func undoDifferenceZigzag(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        accumulate(source, count, width, target, isZigzag: true)
    }
}

extension ElementFilter {
    private enum Step { case difference, xor, zigzag, undoZigzag, differenceZigzag }

    @inline(__always)
    private static func withEachWidth(
        _ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer, _ step: Step
    ) {
        switch width {
        case 1: forward(source, count, 1, target, step)
        case 2: forward(source, count, 2, target, step)
        case 4: forward(source, count, 4, target, step)
        default: forward(source, count, 8, target, step)
        }
    }

    /// Filters where each result depends on an element and the one before it.
    @inline(__always)
    private static func forward(
        _ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer, _ step: Step
    ) {
        let end = count &* width
        if end == 0 { return }
        let first = width == 8 ? 0 : source.loadUnaligned(as: UInt64.self) << UInt64(8 &* width)
        let second = source.loadUnaligned(fromByteOffset: 8 &- width, as: UInt64.self)
        var before = unsafeBitCast(SIMD2(first, second), to: SIMD16<UInt8>.self)
        var at = 0
        while at < end {
            let here = source.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
            let next = source.loadUnaligned(fromByteOffset: at &+ 16 &- width, as: SIMD16<UInt8>.self)
            let result =
                switch step {
                case .difference: ElementLanes.subtract(here, before, width)
                case .xor: here ^ before
                case .zigzag: ElementLanes.zigzag(here, width)
                case .undoZigzag: ElementLanes.undoZigzag(here, width)
                case .differenceZigzag: ElementLanes.zigzag(ElementLanes.subtract(here, before, width), width)
                }
            target.storeBytes(of: result, toByteOffset: at, as: SIMD16<UInt8>.self)
            before = next
            at &+= 16
        }
    }
}
