/// Which byte values occur.
package enum UsedBytes {
    /// Marks the byte values that occur in `bytes`: sets their entries of `used` to something other than 0.
    ///
    /// Preconditions: `used` holds 256 bytes. Entries that are not 0 already are taken as known to be used, and stay; vector kernels
    /// are fast when few other values occur. No slack.
    package typealias Mark = @Sendable (_ bytes: UnsafeRawPointer, _ count: Int, _ used: UnsafeMutablePointer<UInt8>) -> Void

    /// See ``Mark``. A store for each byte: no test, no branch.
    @Sendable
    package static func mark(_ bytes: UnsafeRawPointer, _ count: Int, _ used: UnsafeMutablePointer<UInt8>) {
        var at = 0
        while at &+ 8 <= count {
            let eight = (bytes + at).assumingMemoryBound(to: UInt8.self)
            used[Int(eight[0])] = 1
            used[Int(eight[1])] = 1
            used[Int(eight[2])] = 1
            used[Int(eight[3])] = 1
            used[Int(eight[4])] = 1
            used[Int(eight[5])] = 1
            used[Int(eight[6])] = 1
            used[Int(eight[7])] = 1
            at &+= 8
        }
        while at < count {
            used[Int(bytes.load(fromByteOffset: at, as: UInt8.self))] = 1
            at &+= 1
        }
    }

    /// A bitmap of the values that are marked.
    package static func nibbleBitmap(_ used: UnsafePointer<UInt8>) -> NibbleBitmap {
        var bitmap = NibbleBitmap()
        var value = 0
        while value < 256 {
            if used[value] != 0 { bitmap.insert(UInt8(truncatingIfNeeded: value)) }
            value &+= 1
        }
        return bitmap
    }

    /// Marks the values of those bytes that have a bit in `places`. Returns `bitmap` with these values.
    package static func add(
        _ bytes: UnsafeRawPointer, _ places: UInt64, _ bitmap: NibbleBitmap, _ used: UnsafeMutablePointer<UInt8>
    ) -> NibbleBitmap {
        var bitmap = bitmap
        var rest = places
        while rest != 0 {
            let value = bytes.load(fromByteOffset: rest.trailingZeroBitCount, as: UInt8.self)
            used[Int(value)] = 1
            bitmap.insert(value)
            rest &= rest &- 1
        }
        return bitmap
    }
}

/// A set of byte values, laid out for shuffles by nibbles: value v is bit (v / 16) mod 8 of byte v mod 16 in the sixteen bytes
/// of `low0` and `low1`, or of `high0` and `high1` where v is 128 or more.
package struct NibbleBitmap {
    package private(set) var low0: UInt64 = 0
    package private(set) var low1: UInt64 = 0
    package private(set) var high0: UInt64 = 0
    package private(set) var high1: UInt64 = 0

    package init() {}

    package mutating func insert(_ value: UInt8) {
        let bit: UInt64 = 1 &<< UInt64(8 &* (value & 7) &+ (value &>> 4 & 7))
        switch value & 0x88 {
        case 0: low0 |= bit
        case 0x08: low1 |= bit
        case 0x80: high0 |= bit
        default: high1 |= bit
        }
    }
}
