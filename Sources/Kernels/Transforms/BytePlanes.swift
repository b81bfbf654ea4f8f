// Splitting elements into byte planes puts bytes that behave alike next to each other: the exponents of floats in one plane, the
// noise of their mantissas in the others. Taking the even and the odd bytes of vectors apart halves the bytes of an element: one, two or
// three rounds of it, 16 elements at a time, leave planes. Interleaving them again joins them.

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
        var at = start
        let whole = start &+ (count &- start) & ~15
        switch (width, rotation) {
        case (2, 0): splitWords(elements, &at, whole, false, planes)
        case (2, _): splitWords(elements, &at, whole, true, planes)
        case (4, 0): splitDoubleWords(elements, &at, whole, false, planes)
        case (4, _): splitDoubleWords(elements, &at, whole, true, planes)
        case (_, 0): splitQuadWords(elements, &at, whole, false, planes)
        default: splitQuadWords(elements, &at, whole, true, planes)
        }
        splitSingly(elements, at, count, width, rotation, planes)
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
        var at = start
        let whole = start &+ (count &- start) & ~15
        switch (width, rotation) {
        case (2, 0): joinWords(planes, &at, whole, false, elements)
        case (2, _): joinWords(planes, &at, whole, true, elements)
        case (4, 0): joinDoubleWords(planes, &at, whole, false, elements)
        case (4, _): joinDoubleWords(planes, &at, whole, true, elements)
        case (_, 0): joinQuadWords(planes, &at, whole, false, elements)
        default: joinQuadWords(planes, &at, whole, true, elements)
        }
        joinSingly(planes, at, count, width, rotation, elements)
    }
}

extension BytePlanes {
    /// Element by element: what is left for it at the end.
    private static func splitSingly(
        _ elements: UnsafeRawPointer, _ start: Int, _ count: Int, _ width: Int, _ rotation: Int,
        _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        var at = start
        while at < count {
            // The bit that the byte before gives to the next one; the top byte's goes to the lowest.
            let element = elements + at &* width
            var before = element.load(fromByteOffset: width &- 1, as: UInt8.self)
            var plane = 0
            while plane < width {
                let byte = element.load(fromByteOffset: plane, as: UInt8.self)
                planes[plane].storeBytes(of: rotation == 0 ? byte : byte &<< 1 | before &>> 7, toByteOffset: at, as: UInt8.self)
                before = byte
                plane &+= 1
            }
            at &+= 1
        }
    }

    private static func joinSingly(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ start: Int, _ count: Int, _ width: Int, _ rotation: Int,
        _ elements: UnsafeMutableRawPointer
    ) {
        var at = start
        while at < count {
            let element = elements + at &* width
            var after = planes[0].load(fromByteOffset: at, as: UInt8.self)
            var plane = width &- 1
            while plane >= 0 {
                let byte = planes[plane].load(fromByteOffset: at, as: UInt8.self)
                element.storeBytes(of: rotation == 0 ? byte : byte &>> 1 | after &<< 7, toByteOffset: plane, as: UInt8.self)
                after = byte
                plane &-= 1
            }
            at &+= 1
        }
    }
}
