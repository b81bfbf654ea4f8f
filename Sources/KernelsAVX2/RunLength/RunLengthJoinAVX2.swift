#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// Joining runs with 256-bit vectors: most gaps are copied, and most runs filled, by one turn of a loop over 64 bytes. With 512-bit
    /// vectors it was as fast on text and 12 % faster on weights of which half are zero: not enough for the same code once more.
    package enum RunLengthJoinAVX2 {
        /// See `RunLengthJoin.Kernel`.
        @Sendable
        package static func join(_ join: inout RunLengthJoin) -> RunLengthJoin.Fault? {
            while join.at < join.runsSize {
                joinShort(&join)
                if join.at < join.runsSize, let fault = join.next() { return fault }
            }
            return join.finish()
        }

        /// Joins pairs of varints of at most two bytes each, up to the first one that is longer or at fault.
        private static func joinShort(_ join: inout RunLengthJoin) {
            let (runs, runsSize) = (join.runs, join.runsSize)
            var (at, read, written) = (join.at, join.read, join.written)
            while runsSize &- at >= 4 {
                var end = at
                let gap = varint(runs, &end)
                let extra = varint(runs, &end)
                let room = join.outputCount &- written &- RunScan.minimum &- gap
                if gap < 0 || extra < 0 || gap >= join.literalCount &- read || extra > room { break }
                copy(join.literals + read, join.output + written, gap &+ 1)
                read &+= gap &+ 1
                written &+= gap &+ 1
                let length = RunScan.minimum &- 1 &+ extra
                fill(join.output + written, join.literals.load(fromByteOffset: read &- 1, as: UInt8.self), length)
                written &+= length
                at = end
            }
            (join.at, join.read, join.written) = (at, read, written)
        }

        /// A varint of one or two bytes; of a longer one, or one longer than its value needs, something negative.
        @inline(__always)
        private static func varint(_ bytes: UnsafeRawPointer, _ at: inout Int) -> Int {
            let low = Int(bytes.load(fromByteOffset: at, as: UInt8.self))
            at &+= 1
            if low < 0x80 { return low }
            let high = Int(bytes.load(fromByteOffset: at, as: UInt8.self))
            at &+= 1
            return high &- 1 < 0x7F && high > 0 ? low & 0x7F | high &<< 7 : -1
        }

        /// Copies `count` bytes, at least one, and up to 63 more.
        @inline(__always)
        private static func copy(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
            if count > 512 { return target.copyMemory(from: source, byteCount: count) }
            var at = 0
            repeat {
                let vector0 = source.loadUnaligned(fromByteOffset: at, as: __m256i.self)
                let vector1 = source.loadUnaligned(fromByteOffset: at &+ 32, as: __m256i.self)
                target.storeBytes(of: vector0, toByteOffset: at, as: __m256i.self)
                target.storeBytes(of: vector1, toByteOffset: at &+ 32, as: __m256i.self)
                at &+= 64
            } while at < count
        }

        /// Writes `count` bytes, at least one, and up to 63 more.
        @inline(__always)
        private static func fill(_ target: UnsafeMutableRawPointer, _ value: UInt8, _ count: Int) {
            if count > 512 {
                target.initializeMemory(as: UInt8.self, repeating: value, count: count)
                return
            }
            let vector = _mm256_set1_epi8(Int8(bitPattern: value))
            var at = 0
            repeat {
                target.storeBytes(of: vector, toByteOffset: at, as: __m256i.self)
                target.storeBytes(of: vector, toByteOffset: at &+ 32, as: __m256i.self)
                at &+= 64
            } while at < count
        }
    }
#endif
