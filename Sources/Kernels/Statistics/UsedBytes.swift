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

    /// `used` as a bitmap for shuffles by nibbles, 32 bytes in four little-endian words: value v is bit (v / 16) mod 8 of
    /// byte v mod 16, plus 16 where v is 128 or more.
    package static func nibbleBitmap(_ used: UnsafePointer<UInt8>) -> (UInt64, UInt64, UInt64, UInt64) {
        (nibbleWord(used), nibbleWord(used + 8), nibbleWord(used + 128), nibbleWord(used + 136))
    }

    private static func nibbleWord(_ used: UnsafePointer<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        var bit = 0
        while bit < 64 {
            let isUsed = used[bit &>> 3 &+ 16 &* (bit & 7)] != 0
            word |= (isUsed ? 1 : 0) &<< UInt64(truncatingIfNeeded: bit)
            bit &+= 1
        }
        return word
    }
}
