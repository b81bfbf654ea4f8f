// Splitting elements into byte planes puts bytes that behave alike next to each other: the exponents of floats in one plane, the
// noise of their mantissas in the others. The loops are plain so that the compiler turns them into vectors of whatever the target has.

/// Elements of several bytes as one plane for each byte, and back.
package enum BytePlanes {
    /// `(elements, count, width, rotation, planes)`: splits `count` elements of `width` bytes. Each is a little-endian integer that is
    /// rotated left by `rotation` bits first; with one bit the exponent of an IEEE float becomes its top byte, and the sign its
    /// lowest bit. Plane k takes byte k, 0 the lowest.
    ///
    /// Preconditions: `width` is 2, 4 or 8, `rotation` is 0 or 1; `planes` holds `width` pointers to `count` bytes each, disjoint from one
    /// another and from the elements. Up to 128 bytes behind the elements may be read, and behind each plane overwritten.
    package typealias Split =
        @Sendable (
            _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ rotation: Int, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) -> Void

    /// `(planes, count, width, rotation, elements)`: the inverse of ``Split``, with its preconditions. Up to 128 bytes behind each plane
    /// may be read, and behind the elements overwritten.
    package typealias Join =
        @Sendable (
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ width: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
        ) -> Void

    /// The portable ``Split``. Touches no slack.
    @Sendable
    package static func split(
        _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ rotation: Int, _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        split(elements, 0, count, width, rotation, planes)
    }

    /// ``Split`` of the elements from `start` on: what is left for it by kernels that take many at once.
    package static func split(
        _ elements: UnsafeRawPointer, _ start: Int, _ count: Int, _ width: Int, _ rotation: Int,
        _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        switch (width, rotation) {
        case (2, 0): splitWords(elements, start, count, 0, planes)
        case (2, _): splitWords(elements, start, count, 1, planes)
        case (4, 0): splitDoubleWords(elements, start, count, 0, planes)
        case (4, _): splitDoubleWords(elements, start, count, 1, planes)
        default: splitQuadWords(elements, start, count, rotation, planes)
        }
    }

    /// The portable ``Join``. Touches no slack.
    @Sendable
    package static func join(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ width: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
    ) {
        join(planes, 0, count, width, rotation, elements)
    }

    /// ``Join`` of the elements from `start` on.
    package static func join(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ start: Int, _ count: Int, _ width: Int, _ rotation: Int,
        _ elements: UnsafeMutableRawPointer
    ) {
        switch (width, rotation) {
        case (2, 0): joinWords(planes, start, count, 0, elements)
        case (2, _): joinWords(planes, start, count, 1, elements)
        case (4, 0): joinDoubleWords(planes, start, count, 0, elements)
        case (4, _): joinDoubleWords(planes, start, count, 1, elements)
        default: joinQuadWords(planes, start, count, rotation, elements)
        }
    }
}

extension BytePlanes {
    @inline(__always)
    private static func splitWords(
        _ elements: UnsafeRawPointer, _ start: Int, _ count: Int, _ rotation: UInt16, _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        let (low, high) = (planes[0], planes[1])
        var at = start
        while at < count {
            var element = elements.loadUnaligned(fromByteOffset: 2 &* at, as: UInt16.self)
            if rotation != 0 { element = element &<< 1 | element &>> 15 }
            low.storeBytes(of: UInt8(truncatingIfNeeded: element), toByteOffset: at, as: UInt8.self)
            high.storeBytes(of: UInt8(truncatingIfNeeded: element &>> 8), toByteOffset: at, as: UInt8.self)
            at &+= 1
        }
    }

    @inline(__always)
    private static func joinWords(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ start: Int, _ count: Int, _ rotation: UInt16, _ elements: UnsafeMutableRawPointer
    ) {
        let (low, high) = (planes[0], planes[1])
        var at = start
        while at < count {
            let lowByte = UInt16(low.load(fromByteOffset: at, as: UInt8.self))
            var element = lowByte | UInt16(high.load(fromByteOffset: at, as: UInt8.self)) &<< 8
            if rotation != 0 { element = element &>> 1 | element &<< 15 }
            elements.storeBytes(of: element, toByteOffset: 2 &* at, as: UInt16.self)
            at &+= 1
        }
    }

    @inline(__always)
    private static func splitDoubleWords(
        _ elements: UnsafeRawPointer, _ start: Int, _ count: Int, _ rotation: UInt32,
        _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
        var at = start
        while at < count {
            var element = elements.loadUnaligned(fromByteOffset: 4 &* at, as: UInt32.self)
            if rotation != 0 { element = element &<< 1 | element &>> 31 }
            plane0.storeBytes(of: UInt8(truncatingIfNeeded: element), toByteOffset: at, as: UInt8.self)
            plane1.storeBytes(of: UInt8(truncatingIfNeeded: element &>> 8), toByteOffset: at, as: UInt8.self)
            plane2.storeBytes(of: UInt8(truncatingIfNeeded: element &>> 16), toByteOffset: at, as: UInt8.self)
            plane3.storeBytes(of: UInt8(truncatingIfNeeded: element &>> 24), toByteOffset: at, as: UInt8.self)
            at &+= 1
        }
    }

    @inline(__always)
    private static func joinDoubleWords(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ start: Int, _ count: Int, _ rotation: UInt32, _ elements: UnsafeMutableRawPointer
    ) {
        let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
        var at = start
        while at < count {
            let byte0 = UInt32(plane0.load(fromByteOffset: at, as: UInt8.self))
            let byte1 = UInt32(plane1.load(fromByteOffset: at, as: UInt8.self))
            let byte2 = UInt32(plane2.load(fromByteOffset: at, as: UInt8.self))
            let byte3 = UInt32(plane3.load(fromByteOffset: at, as: UInt8.self))
            var element = byte0 | byte1 &<< 8 | byte2 &<< 16 | byte3 &<< 24
            if rotation != 0 { element = element &>> 1 | element &<< 31 }
            elements.storeBytes(of: element, toByteOffset: 4 &* at, as: UInt32.self)
            at &+= 1
        }
    }
}
