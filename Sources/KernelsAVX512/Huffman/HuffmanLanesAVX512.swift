#if arch(x86_64)
    internal import CIntrinsics

    /// The 32 lanes of one group as an encoder takes them: two vectors of 16-bit halves, left-aligned. T = 16 + `extra` bits of each
    /// lane are valid.
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

    /// The 32 lanes of one group as a decoder takes them: two vectors of words of which the last 16 + `extra` bits of each lane
    /// are valid.
    struct HuffmanWindowsAVX512 {
        var first: __m512i
        var second: __m512i
        /// 0 to 15 in both bytes, plus 64 in the low and plus 96 in the high one: see `HuffmanDecodeAVX512.Tables`.
        var extra: __m512i

        /// The next 16 bits of each lane.
        @inline(__always)
        var bits: __m512i { _mm512_shrdv_epi16(second, first, extra) }

        /// Takes every `stride`-th lane from `firstLane` on. Uses 192 bytes at `place`.
        init(_ lanes: UnsafePointer<UInt32>, _ firstLane: Int, _ stride: Int, _ place: UnsafeMutableRawPointer) {
            let halves = place.assumingMemoryBound(to: UInt16.self)
            var lane = 0
            while lane < 32 {
                // The one above the valid bits may stay: it counts as used.
                let bits = lanes[firstLane &+ lane &* stride]
                halves[lane] = UInt16(truncatingIfNeeded: bits &>> 16)
                halves[32 &+ lane] = UInt16(truncatingIfNeeded: bits)
                halves[64 &+ lane] = 0x6040 &+ 0x0101 &* UInt16(truncatingIfNeeded: 15 &- bits.leadingZeroBitCount)
                lane &+= 1
            }
            first = place.loadUnaligned(as: __m512i.self)
            second = place.loadUnaligned(fromByteOffset: 64, as: __m512i.self)
            extra = place.loadUnaligned(fromByteOffset: 128, as: __m512i.self)
        }

        /// Puts the lanes back. Uses 192 bytes at `place`.
        func store(_ lanes: UnsafeMutablePointer<UInt32>, _ firstLane: Int, _ stride: Int, _ place: UnsafeMutableRawPointer) {
            let halves = place.assumingMemoryBound(to: UInt16.self)
            place.storeBytes(of: first, as: __m512i.self)
            place.storeBytes(of: second, toByteOffset: 64, as: __m512i.self)
            place.storeBytes(of: extra, toByteOffset: 128, as: __m512i.self)
            var lane = 0
            while lane < 32 {
                let mark: UInt32 = 1 &<< (16 | UInt32(halves[64 &+ lane] & 15))
                let bits = UInt32(halves[lane]) &<< 16 | UInt32(halves[32 &+ lane])
                lanes[firstLane &+ lane &* stride] = bits & (mark &- 1) | mark
                lane &+= 1
            }
        }
    }
#endif
