internal import CIntrinsics

/// Sixteen bytes as lanes of `width` bytes, which is a constant where these are called.
enum ElementLanes {
    typealias Lanes = SIMD16<UInt8>

    @inline(__always)
    static func add(_ a: Lanes, _ b: Lanes, _ width: Int) -> Lanes {
        switch width {
        case 1: a &+ b
        case 2: bytes(words(a) &+ words(b))
        case 4: bytes(doubleWords(a) &+ doubleWords(b))
        default: bytes(quadWords(a) &+ quadWords(b))
        }
    }

    @inline(__always)
    static func subtract(_ a: Lanes, _ b: Lanes, _ width: Int) -> Lanes {
        switch width {
        case 1: a &- b
        case 2: bytes(words(a) &- words(b))
        case 4: bytes(doubleWords(a) &- doubleWords(b))
        default: bytes(quadWords(a) &- quadWords(b))
        }
    }

    /// Twice the lane, inverted where it is negative.
    @inline(__always)
    static func zigzag(_ a: Lanes, _ width: Int) -> Lanes {
        let sign =
            switch width {
            case 1: bytes(unsafeBitCast(a, to: SIMD16<Int8>.self) &>> SIMD16(repeating: 7))
            case 2: bytes(unsafeBitCast(a, to: SIMD8<Int16>.self) &>> SIMD8(repeating: 15))
            case 4: bytes(unsafeBitCast(a, to: SIMD4<Int32>.self) &>> SIMD4(repeating: 31))
            default: bytes(unsafeBitCast(a, to: SIMD2<Int64>.self) &>> SIMD2(repeating: 63))
            }
        return add(a, a, width) ^ sign
    }

    /// Half the lane, inverted where it is odd.
    @inline(__always)
    static func undoZigzag(_ a: Lanes, _ width: Int) -> Lanes {
        switch width {
        case 1: a &>> SIMD16(repeating: 1) ^ (0 &- a & 1)
        case 2: bytes(words(a) &>> SIMD8(repeating: 1) ^ (0 &- words(a) & 1))
        case 4: bytes(doubleWords(a) &>> SIMD4(repeating: 1) ^ (0 &- doubleWords(a) & 1))
        default: bytes(quadWords(a) &>> SIMD2(repeating: 1) ^ (0 &- quadWords(a) & 1))
        }
    }

    /// Each half of eight bytes shifted to higher lanes by `bits`, zeros below.
    @inline(__always)
    static func shiftedUp(_ a: Lanes, _ bits: UInt64) -> Lanes { bytes(quadWords(a) &<< SIMD2(repeating: bits)) }

    /// The lowest `width` bytes of `element` in all lanes of eight bytes.
    @inline(__always)
    static func repeated(_ element: UInt64, _ width: Int) -> UInt64 {
        switch width {
        case 1: (element & 0xFF) &* 0x0101_0101_0101_0101
        case 2: (element & 0xFFFF) &* 0x0001_0001_0001_0001
        case 4: (element & 0xFFFF_FFFF) &* 0x0000_0001_0000_0001
        default: element
        }
    }

    /// Each lane turned to the left by one bit, for widths above 1.
    @inline(__always)
    static func rotatedLeft(_ a: Lanes, _ width: Int) -> Lanes {
        switch width {
        case 2: bytes(words_rotated_left(words(a)))
        case 4: bytes(doublewords_rotated_left(doubleWords(a)))
        default: bytes(quadwords_rotated_left(quadWords(a)))
        }
    }

    /// Each lane turned to the right by one bit, for widths above 1.
    @inline(__always)
    static func rotatedRight(_ a: Lanes, _ width: Int) -> Lanes {
        switch width {
        case 2: bytes(words_rotated_right(words(a)))
        case 4: bytes(doublewords_rotated_right(doubleWords(a)))
        default: bytes(quadwords_rotated_right(quadWords(a)))
        }
    }

    @inline(__always)
    private static func bytes<Vector: SIMD>(_ lanes: Vector) -> Lanes { unsafeBitCast(lanes, to: Lanes.self) }
    @inline(__always)
    private static func words(_ lanes: Lanes) -> SIMD8<UInt16> { unsafeBitCast(lanes, to: SIMD8<UInt16>.self) }
    @inline(__always)
    private static func doubleWords(_ lanes: Lanes) -> SIMD4<UInt32> { unsafeBitCast(lanes, to: SIMD4<UInt32>.self) }
    @inline(__always)
    private static func quadWords(_ lanes: Lanes) -> SIMD2<UInt64> { unsafeBitCast(lanes, to: SIMD2<UInt64>.self) }
}
