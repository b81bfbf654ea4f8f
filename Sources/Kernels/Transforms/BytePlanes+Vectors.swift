internal import CIntrinsics

extension BytePlanes {
    private typealias Lanes = SIMD16<UInt8>

    @inline(__always)
    static func splitWords(
        _ elements: UnsafeRawPointer, _ at: inout Int, _ end: Int, _ isRotated: Bool, _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        let (low, high) = (planes[0], planes[1])
        while at &+ 64 <= end {
            // A whole cache line of each plane: stores that alternate between planes wait for each other.
            let first = wordPlanes(elements + 2 &* at, isRotated)
            let second = wordPlanes(elements + 2 &* at + 32, isRotated)
            let third = wordPlanes(elements + 2 &* at + 64, isRotated)
            let fourth = wordPlanes(elements + 2 &* at + 96, isRotated)
            low.storeBytes(of: first.low, toByteOffset: at, as: Lanes.self)
            low.storeBytes(of: second.low, toByteOffset: at &+ 16, as: Lanes.self)
            low.storeBytes(of: third.low, toByteOffset: at &+ 32, as: Lanes.self)
            low.storeBytes(of: fourth.low, toByteOffset: at &+ 48, as: Lanes.self)
            high.storeBytes(of: first.high, toByteOffset: at, as: Lanes.self)
            high.storeBytes(of: second.high, toByteOffset: at &+ 16, as: Lanes.self)
            high.storeBytes(of: third.high, toByteOffset: at &+ 32, as: Lanes.self)
            high.storeBytes(of: fourth.high, toByteOffset: at &+ 48, as: Lanes.self)
            at &+= 64
        }
        while at < end {
            let both = wordPlanes(elements + 2 &* at, isRotated)
            low.storeBytes(of: both.low, toByteOffset: at, as: Lanes.self)
            high.storeBytes(of: both.high, toByteOffset: at, as: Lanes.self)
            at &+= 16
        }
    }

    /// 16 elements of two bytes.
    @inline(__always)
    private static func wordPlanes(_ elements: UnsafeRawPointer, _ isRotated: Bool) -> (low: Lanes, high: Lanes) {
        let (a, b) = (load(elements, 0, 2, isRotated), load(elements, 1, 2, isRotated))
        return (even_bytes(a, b), odd_bytes(a, b))
    }

    @inline(__always)
    static func splitDoubleWords(
        _ elements: UnsafeRawPointer, _ at: inout Int, _ end: Int, _ isRotated: Bool, _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
        while at < end {
            let source = elements + 4 &* at
            let (a, b) = (load(source, 0, 4, isRotated), load(source, 1, 4, isRotated))
            let (c, d) = (load(source, 2, 4, isRotated), load(source, 3, 4, isRotated))
            split(even_bytes(a, b), even_bytes(c, d), plane0 + at, plane2 + at)
            split(odd_bytes(a, b), odd_bytes(c, d), plane1 + at, plane3 + at)
            at &+= 16
        }
    }

    @inline(__always)
    static func splitQuadWords(
        _ elements: UnsafeRawPointer, _ at: inout Int, _ end: Int, _ isRotated: Bool, _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        while at < end {
            let source = elements + 8 &* at
            let (a, b) = (load(source, 0, 8, isRotated), load(source, 1, 8, isRotated))
            let (c, d) = (load(source, 2, 8, isRotated), load(source, 3, 8, isRotated))
            let (e, f) = (load(source, 4, 8, isRotated), load(source, 5, 8, isRotated))
            let (g, h) = (load(source, 6, 8, isRotated), load(source, 7, 8, isRotated))
            let (evenAB, evenCD, evenEF, evenGH) = (even_bytes(a, b), even_bytes(c, d), even_bytes(e, f), even_bytes(g, h))
            split(even_bytes(evenAB, evenCD), even_bytes(evenEF, evenGH), planes[0] + at, planes[4] + at)
            split(odd_bytes(evenAB, evenCD), odd_bytes(evenEF, evenGH), planes[2] + at, planes[6] + at)
            let (oddAB, oddCD, oddEF, oddGH) = (odd_bytes(a, b), odd_bytes(c, d), odd_bytes(e, f), odd_bytes(g, h))
            split(even_bytes(oddAB, oddCD), even_bytes(oddEF, oddGH), planes[1] + at, planes[5] + at)
            split(odd_bytes(oddAB, oddCD), odd_bytes(oddEF, oddGH), planes[3] + at, planes[7] + at)
            at &+= 16
        }
    }

    @inline(__always)
    private static func split(_ a: Lanes, _ b: Lanes, _ low: UnsafeMutableRawPointer, _ high: UnsafeMutableRawPointer) {
        low.storeBytes(of: even_bytes(a, b), as: Lanes.self)
        high.storeBytes(of: odd_bytes(a, b), as: Lanes.self)
    }

    @inline(__always)
    private static func load(_ elements: UnsafeRawPointer, _ index: Int, _ width: Int, _ isRotated: Bool) -> Lanes {
        let lanes = elements.loadUnaligned(fromByteOffset: 16 &* index, as: Lanes.self)
        return isRotated ? ElementLanes.rotatedLeft(lanes, width) : lanes
    }
}

extension BytePlanes {
    @inline(__always)
    static func joinWords(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ at: inout Int, _ end: Int, _ isRotated: Bool, _ elements: UnsafeMutableRawPointer
    ) {
        let (plane0, plane1) = (planes[0], planes[1])
        while at < end {
            join(load(plane0, at), load(plane1, at), 2, isRotated, elements + 2 &* at)
            at &+= 16
        }
    }

    @inline(__always)
    static func joinDoubleWords(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ at: inout Int, _ end: Int, _ isRotated: Bool, _ elements: UnsafeMutableRawPointer
    ) {
        let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
        while at < end {
            let (a, b, c, d) = (load(plane0, at), load(plane1, at), load(plane2, at), load(plane3, at))
            join(low_interleaved(a, c), low_interleaved(b, d), 4, isRotated, elements + 4 &* at)
            join(high_interleaved(a, c), high_interleaved(b, d), 4, isRotated, elements + 4 &* at + 32)
            at &+= 16
        }
    }

    @inline(__always)
    static func joinQuadWords(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ at: inout Int, _ end: Int, _ isRotated: Bool, _ elements: UnsafeMutableRawPointer
    ) {
        while at < end {
            let target = elements + 8 &* at
            let (a, c, e, g) = (load(planes[0], at), load(planes[2], at), load(planes[4], at), load(planes[6], at))
            let (b, d, f, h) = (load(planes[1], at), load(planes[3], at), load(planes[5], at), load(planes[7], at))
            let (lowAE, lowCG, lowBF, lowDH) = (low_interleaved(a, e), low_interleaved(c, g), low_interleaved(b, f), low_interleaved(d, h))
            join(low_interleaved(lowAE, lowCG), low_interleaved(lowBF, lowDH), 8, isRotated, target)
            join(high_interleaved(lowAE, lowCG), high_interleaved(lowBF, lowDH), 8, isRotated, target + 32)
            let (highAE, highCG, highBF, highDH) = (
                high_interleaved(a, e), high_interleaved(c, g), high_interleaved(b, f), high_interleaved(d, h)
            )
            join(low_interleaved(highAE, highCG), low_interleaved(highBF, highDH), 8, isRotated, target + 64)
            join(high_interleaved(highAE, highCG), high_interleaved(highBF, highDH), 8, isRotated, target + 96)
            at &+= 16
        }
    }

    /// The last round.
    @inline(__always)
    private static func join(_ a: Lanes, _ b: Lanes, _ width: Int, _ isRotated: Bool, _ elements: UnsafeMutableRawPointer) {
        let (first, second) = (low_interleaved(a, b), high_interleaved(a, b))
        elements.storeBytes(of: isRotated ? ElementLanes.rotatedRight(first, width) : first, as: Lanes.self)
        elements.storeBytes(of: isRotated ? ElementLanes.rotatedRight(second, width) : second, toByteOffset: 16, as: Lanes.self)
    }

    @inline(__always)
    private static func load(_ plane: UnsafeRawPointer, _ at: Int) -> Lanes {
        plane.loadUnaligned(fromByteOffset: at, as: Lanes.self)
    }
}
