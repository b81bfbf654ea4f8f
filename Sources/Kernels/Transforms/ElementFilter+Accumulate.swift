extension ElementFilter {
    /// The sums of all elements so far. Narrow elements are summed within a vector of 16 bytes by log steps, then the sum
    /// before it is added; of wide ones the plain loop takes as many bytes a cycle.
    @inline(__always)
    static func accumulate(
        _ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer, isZigzag: Bool
    ) {
        switch width {
        case 1: accumulateNarrow(source, count, 1, target, isZigzag)
        case 2: accumulateNarrow(source, count, 2, target, isZigzag)
        case 4: accumulateWide(source, count, target, isZigzag, UInt32.self)
        default: accumulateWide(source, count, target, isZigzag, UInt64.self)
        }
    }

    @inline(__always)
    private static func accumulateNarrow(
        _ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer, _ isZigzag: Bool
    ) {
        let end = count &* width
        let top = UInt64(64 &- 8 &* width)
        var carry: UInt64 = 0
        var at = 0
        while at < end {
            var sums = source.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
            if isZigzag { sums = ElementLanes.undoZigzag(sums, width) }
            if width == 1 { sums = ElementLanes.add(sums, ElementLanes.shiftedUp(sums, 8), width) }
            sums = ElementLanes.add(sums, ElementLanes.shiftedUp(sums, 16), width)
            sums = ElementLanes.add(sums, ElementLanes.shiftedUp(sums, 32), width)
            let halves = unsafeBitCast(sums, to: SIMD2<UInt64>.self)
            let middle = carry &+ halves[0] &>> top
            let carries = SIMD2(ElementLanes.repeated(carry, width), ElementLanes.repeated(middle, width))
            sums = ElementLanes.add(sums, unsafeBitCast(carries, to: SIMD16<UInt8>.self), width)
            target.storeBytes(of: sums, toByteOffset: at, as: SIMD16<UInt8>.self)
            carry = middle &+ halves[1] &>> top
            at &+= 16
        }
    }

    @inline(__always)
    private static func accumulateWide<Element: FixedWidthInteger & UnsignedInteger>(
        _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ isZigzag: Bool, _: Element.Type
    ) {
        let width = Element.bitWidth / 8
        var sum: Element = 0
        var at = 0
        while at < count {
            var element = source.loadUnaligned(fromByteOffset: at &* width, as: Element.self)
            if isZigzag { element = element &>> 1 ^ (0 &- element & 1) }
            sum = sum &+ element
            target.storeBytes(of: sum, toByteOffset: at &* width, as: Element.self)
            at &+= 1
        }
    }

    /// The xor of all elements so far, by log steps within 64 bits.
    @inline(__always)
    static func accumulateXor(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
        let end = count &* width
        var carry: UInt64 = 0
        var at = 0
        while at < end {
            var elements = source.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            if width == 1 { elements ^= elements &<< 8 }
            if width <= 2 { elements ^= elements &<< 16 }
            if width <= 4 { elements ^= elements &<< 32 }
            target.storeBytes(of: elements ^ carry, toByteOffset: at, as: UInt64.self)
            carry ^= ElementLanes.repeated(elements &>> UInt64(64 &- 8 &* width), width)
            at &+= 8
        }
    }
}
