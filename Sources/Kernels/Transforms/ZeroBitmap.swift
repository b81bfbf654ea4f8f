// Which elements are zero is not predictable where this is used, so nothing branches on it: every element is written to the next free
// place, and the place moves on by one or by none.

/// Elements as a bitmap of those that are not zero, and these.
package enum ZeroBitmap {
    /// `(elements, count, width, bitmap, values)`: writes the bitmap, where bit i, the lowest bit of a byte first, is 1 when element i of
    /// `width` bytes is not zero, and `values`, the elements that are not zero, in order. Bits of the last byte past `count` are 0.
    /// Returns the number of values.
    ///
    /// Preconditions: `width` is 1, 2, 4 or 8; `bitmap` has room for `(count + 7) / 8` bytes, `values` for all values; the three are
    /// disjoint. Up to 128 bytes behind the elements may be read, and behind the bitmap and the values overwritten.
    package typealias Pack =
        @Sendable (
            _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ bitmap: UnsafeMutableRawPointer, _ values: UnsafeMutableRawPointer
        ) -> Int

    /// `(bitmap, values, count, width, elements)`: the inverse of ``Pack``.
    ///
    /// Preconditions: as there; `values` holds as many elements as the first `count` bits of the bitmap have ones: the caller has checked
    /// it with ``Count``. Up to 128 bytes behind the bitmap and the values may be read, and behind the elements overwritten.
    package typealias Unpack =
        @Sendable (
            _ bitmap: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, _ width: Int, _ elements: UnsafeMutableRawPointer
        ) -> Void

    /// `(bitmap, count)`: how many of the first `count` bits are 1. No slack.
    package typealias Count = @Sendable (_ bitmap: UnsafeRawPointer, _ count: Int) -> Int

    /// The portable ``Pack``. Writes up to one element behind the values, and touches no other slack.
    @Sendable
    package static func pack(
        _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ bitmap: UnsafeMutableRawPointer, _ values: UnsafeMutableRawPointer
    ) -> Int {
        switch width {
        case 1: pack(elements, count, bitmap, values, UInt8.self)
        case 2: pack(elements, count, bitmap, values, UInt16.self)
        case 4: pack(elements, count, bitmap, values, UInt32.self)
        default: pack(elements, count, bitmap, values, UInt64.self)
        }
    }

    /// The portable ``Unpack``. Reads up to one element behind the values, and touches no other slack.
    @Sendable
    package static func unpack(
        _ bitmap: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, _ width: Int, _ elements: UnsafeMutableRawPointer
    ) {
        switch width {
        case 1: unpack(bitmap, values, count, elements, UInt8.self)
        case 2: unpack(bitmap, values, count, elements, UInt16.self)
        case 4: unpack(bitmap, values, count, elements, UInt32.self)
        default: unpack(bitmap, values, count, elements, UInt64.self)
        }
    }

    /// The portable ``Count``.
    @Sendable
    package static func ones(_ bitmap: UnsafeRawPointer, _ count: Int) -> Int {
        var total = 0
        var at = 0
        while at &+ 64 <= count {
            total &+= bitmap.loadUnaligned(fromByteOffset: at &>> 3, as: UInt64.self).nonzeroBitCount
            at &+= 64
        }
        while at < count {
            let bits = min(8, count &- at)
            let kept = UInt8(truncatingIfNeeded: 0xFF &>> (8 &- bits))
            total &+= (bitmap.load(fromByteOffset: at &>> 3, as: UInt8.self) & kept).nonzeroBitCount
            at &+= 8
        }
        return total
    }
}

extension ZeroBitmap {
    @inline(__always)
    private static func pack<Element: FixedWidthInteger & UnsignedInteger>(
        _ elements: UnsafeRawPointer, _ count: Int, _ bitmap: UnsafeMutableRawPointer, _ values: UnsafeMutableRawPointer, _: Element.Type
    ) -> Int {
        let width = Element.bitWidth / 8
        var kept = 0
        var at = 0
        while at < count {
            let last = at &+ 8 <= count ? 8 : count &- at
            var bits: UInt = 0
            var lane = 0
            while lane < last {
                let element = elements.loadUnaligned(fromByteOffset: (at &+ lane) &* width, as: Element.self)
                values.storeBytes(of: element, toByteOffset: kept &* width, as: Element.self)
                let bit: UInt = element == 0 ? 0 : 1
                bits |= bit &<< UInt(truncatingIfNeeded: lane)
                kept &+= Int(bitPattern: bit)
                lane &+= 1
            }
            bitmap.storeBytes(of: UInt8(truncatingIfNeeded: bits), toByteOffset: at &>> 3, as: UInt8.self)
            at &+= 8
        }
        return kept
    }

    @inline(__always)
    private static func unpack<Element: FixedWidthInteger & UnsignedInteger>(
        _ bitmap: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, _ elements: UnsafeMutableRawPointer, _: Element.Type
    ) {
        let width = Element.bitWidth / 8
        var used = 0
        var at = 0
        while at < count {
            let last = at &+ 8 <= count ? 8 : count &- at
            var bits = bitmap.load(fromByteOffset: at &>> 3, as: UInt8.self)
            var lane = 0
            while lane < last {
                let bit = bits & 1
                let value = values.loadUnaligned(fromByteOffset: used &* width, as: Element.self)
                elements.storeBytes(of: value & (0 &- Element(bit)), toByteOffset: (at &+ lane) &* width, as: Element.self)
                used &+= Int(bit)
                bits &>>= 1
                lane &+= 1
            }
            at &+= 8
        }
    }
}
