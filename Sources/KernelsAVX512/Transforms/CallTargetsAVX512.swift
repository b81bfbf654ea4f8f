#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    // The operands of a window's instructions, compressed, are the 32-bit lanes of one vector: converted there all at once, and expanded
    // back into their places. Compressing and expanding merge into a register whose value the compiler knows nothing of, as in zero bitmaps.

    /// Calls of x86-64 with 512-bit vectors. Touches nothing outside.
    package enum CallTargetsAVX512 {
        /// Bytes of a window in which instructions begin: the longest one reaches five bytes further.
        private static let step = 64 - CallTargets.longestX86 + 1

        /// See `CallTargets.Convert`.
        @Sendable
        package static func placesX86(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
            convert(source, count, target, isBackward: false)
        }

        /// The inverse of ``placesX86``.
        @Sendable
        package static func distancesX86(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
            convert(source, count, target, isBackward: true)
        }

        @inline(__always)
        private static func convert(
            _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, isBackward: Bool
        ) {
            let indices = CallTargetsAVX512.indices
            // The window's first bytes that an instruction of the one before covers.
            var covered: UInt64 = 0
            // Of this window and the one before: code has few pairs of windows without any, and other content has little else.
            var operands: UInt64 = 0
            var at = copyWithoutCalls(source, 0, count, target)
            while at &+ 64 < count {
                let window = (source + at).loadUnaligned(as: __m512i.self)
                let next = (source + at).loadUnaligned(fromByteOffset: 1, as: __m512i.self)
                let found = CallWindowAVX512(window, next, covered, .max &>> UInt64(64 &- step))
                let converted = found.converted(window, indices, at, isBackward)
                _mm512_mask_storeu_epi8(target + at, ~covered, converted)
                covered = found.covered &>> UInt64(step)
                at &+= step
                if operands | found.operands == 0 { at = copyWithoutCalls(source, at, count, target) }
                operands = found.operands
            }
            convertRest(source, at, count, target, covered, isBackward: isBackward)
        }

        /// Copies bytes from `start` on in which no instruction begins.
        ///
        /// - Returns: where one may.
        @inline(__always)
        private static func copyWithoutCalls(
            _ source: UnsafeRawPointer, _ start: Int, _ count: Int, _ target: UnsafeMutableRawPointer
        ) -> Int {
            var at = start
            while at &+ 64 < count {
                let window = (source + at).loadUnaligned(as: __m512i.self)
                let next = (source + at).loadUnaligned(fromByteOffset: 1, as: __m512i.self)
                if CallWindowAVX512.calls(window) | CallWindowAVX512.moves(window, next) != 0 { break }
                (target + at).storeBytes(of: window, as: __m512i.self)
                at &+= 64
            }
            return at
        }

        /// Converts the last 64 bytes or less.
        @inline(__always)
        private static func convertRest(
            _ source: UnsafeRawPointer, _ start: Int, _ count: Int, _ target: UnsafeMutableRawPointer, _ before: UInt64, isBackward: Bool
        ) {
            var (at, covered) = (start, before)
            while at < count {
                let rest = count &- at
                let mask = UInt64.max &>> UInt64(64 &- rest)
                let window = _mm512_maskz_loadu_epi8(mask, source + at)
                let next = _mm512_maskz_loadu_epi8(mask &>> 1, source + at + 1)
                let begins = rest < CallTargets.longestX86 ? 0 : UInt64.max &>> UInt64(64 &+ 5 &- rest)
                let found = CallWindowAVX512(window, next, covered, begins)
                let converted = found.converted(window, indices, at, isBackward)
                _mm512_mask_storeu_epi8(target + at, ~covered & mask, converted)
                covered = found.covered &>> UInt64(step)
                at &+= step
            }
        }

        /// Byte i is i.
        private static var indices: __m512i {
            @inline(__always)
            get {
                _mm512_set_epi64(
                    0x3F3E_3D3C_3B3A_3938, 0x3736_3534_3332_3130, 0x2F2E_2D2C_2B2A_2928, 0x2726_2524_2322_2120,
                    0x1F1E_1D1C_1B1A_1918, 0x1716_1514_1312_1110, 0x0F0E_0D0C_0B0A_0908, 0x0706_0504_0302_0100)
            }
        }
    }

    /// The instructions of 64 bytes, as masks of them.
    private struct CallWindowAVX512 {
        /// The operands' bytes.
        let operands: UInt64
        /// What instructions cover but for their opcodes.
        let covered: UInt64

        /// - Parameters:
        ///   - next: The bytes one further on.
        ///   - before: What instructions before the window cover.
        ///   - begins: Where instructions may begin.
        @inline(__always)
        init(_ window: __m512i, _ next: __m512i, _ before: UInt64, _ begins: UInt64) {
            let open = begins & ~before
            var calls = Self.calls(window) & open
            var moves = Self.moves(window, next) & open
            var operands = Self.operands(calls, moves)
            if (operands | moves &<< 1) & (calls | moves) != 0 {
                let first = CallOpcodes.uncovered(calls, moves)
                calls &= first
                moves &= first
                operands = Self.operands(calls, moves)
            }
            self.operands = operands
            covered = operands | moves &<< 1
        }

        @inline(__always)
        static func calls(_ window: __m512i) -> UInt64 { avx512_equal_bytes(window, all(0xE8)) }

        /// 89, 8B or 8D, which are 0, 2 and 4 above 89, before a byte whose operand is relative to the next instruction.
        @inline(__always)
        static func moves(_ window: __m512i, _ next: __m512i) -> UInt64 {
            let distances = _mm512_sub_epi8(window, all(0x89))
            let excess = _mm512_or_si512(_mm512_subs_epu8(distances, all(4)), _mm512_and_si512(distances, all(1)))
            let others = _mm512_and_si512(_mm512_xor_si512(next, all(0x05)), all(0xC7))
            return avx512_zero_bytes(_mm512_or_si512(excess, others))
        }

        @inline(__always)
        private static func operands(_ calls: UInt64, _ moves: UInt64) -> UInt64 {
            let starts = calls &<< 1 | moves &<< 2
            let pairs = starts | starts &<< 1
            return pairs | pairs &<< 2
        }

        /// The window with its operands converted.
        @inline(__always)
        func converted(_ window: __m512i, _ indices: __m512i, _ at: Int, _ isBackward: Bool) -> __m512i {
            let values = _mm512_mask_compress_epi8(window, operands, window)
            let offsets = _mm512_srli_epi32(_mm512_mask_compress_epi8(window, operands, indices), 24)
            let places = _mm512_add_epi32(offsets, _mm512_set1_epi32(Int32(truncatingIfNeeded: at &+ 1)))
            let sums = isBackward ? _mm512_sub_epi32(values, places) : _mm512_add_epi32(values, places)
            let bias = _mm512_set1_epi32(1 &<< 27)
            let plausible = ~avx512_greater_lanes(_mm512_add_epi32(values, bias), _mm512_set1_epi32(1 &<< 28 &- 1))
            let results = _mm512_mask_srai_epi32(values, plausible, _mm512_slli_epi32(sums, 4), 4)
            return _mm512_mask_expand_epi8(window, operands, results)
        }

        @inline(__always)
        private static func all(_ byte: UInt8) -> __m512i { _mm512_set1_epi8(Int8(bitPattern: byte)) }
    }
#endif
