#if arch(x86_64)
    internal import CIntrinsics

    /// The 32 lanes of one group as two vectors of 16-bit halves, left-aligned: T = 16 + `extra` bits of each lane are valid.
    struct HuffmanLanesAVX512 {
        var high: __m512i
        var low: __m512i
        var extra: __m512i

        /// Takes every `stride`-th lane from `first` on. Uses 192 bytes at `place`.
        init(_ lanes: UnsafePointer<UInt32>, _ first: Int, _ stride: Int, _ place: UnsafeMutableRawPointer) {
            let halves = place.assumingMemoryBound(to: UInt16.self)
            var lane = 0
            while lane < 32 {
                let bits = lanes[first &+ lane &* stride]
                let free = UInt32(truncatingIfNeeded: bits.leadingZeroBitCount)
                let aligned = (bits &<< free) &<< 1
                halves[lane] = UInt16(truncatingIfNeeded: aligned &>> 16)
                halves[32 &+ lane] = UInt16(truncatingIfNeeded: aligned)
                halves[64 &+ lane] = UInt16(truncatingIfNeeded: 15 &- free)
                lane &+= 1
            }
            high = place.loadUnaligned(as: __m512i.self)
            low = place.loadUnaligned(fromByteOffset: 64, as: __m512i.self)
            extra = place.loadUnaligned(fromByteOffset: 128, as: __m512i.self)
        }

        /// Puts the lanes back. Uses 192 bytes at `place`.
        func store(_ lanes: UnsafeMutablePointer<UInt32>, _ first: Int, _ stride: Int, _ place: UnsafeMutableRawPointer) {
            let halves = place.assumingMemoryBound(to: UInt16.self)
            place.storeBytes(of: high, as: __m512i.self)
            place.storeBytes(of: low, toByteOffset: 64, as: __m512i.self)
            place.storeBytes(of: extra, toByteOffset: 128, as: __m512i.self)
            var lane = 0
            while lane < 32 {
                let aligned = UInt64(halves[lane]) &<< 16 | UInt64(halves[32 &+ lane]) | 1 &<< 32
                lanes[first &+ lane &* stride] = UInt32(truncatingIfNeeded: aligned &>> (16 &- UInt64(halves[64 &+ lane])))
                lane &+= 1
            }
        }
    }
#endif
