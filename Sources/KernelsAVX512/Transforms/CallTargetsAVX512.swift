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
            var at = 0
            while at &+ 64 <= count {
                let window = (source + at).loadUnaligned(as: __m512i.self)
                let found = CallWindowAVX512(window, covered, .max &>> UInt64(64 &- step))
                let converted = found.converted(window, indices, at, isBackward)
                _mm512_mask_storeu_epi8(target + at, ~covered, converted)
                covered = found.covered &>> UInt64(step)
                at &+= step
            }
            while at < count {
                let rest = count &- at
                let window = _mm512_maskz_loadu_epi8(.max &>> UInt64(64 &- rest), source + at)
                let begins = rest < CallTargets.longestX86 ? 0 : UInt64.max &>> UInt64(64 &+ 5 &- rest)
                let found = CallWindowAVX512(window, covered, begins)
                let converted = found.converted(window, indices, at, isBackward)
                _mm512_mask_storeu_epi8(target + at, ~covered & .max &>> UInt64(64 &- rest), converted)
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
        /// Each operand's last byte.
        let ends: UInt64
        /// What instructions cover but for their opcodes.
        let covered: UInt64

        /// - Parameters:
        ///   - before: What instructions before the window cover.
        ///   - begins: Where instructions may begin.
        @inline(__always)
        init(_ window: __m512i, _ before: UInt64, _ begins: UInt64) {
            let open = begins & ~before
            let opcodes = avx512_equal_bytes(_mm512_and_si512(window, Self.all(0xF9)), Self.all(0x89))
            let others = avx512_equal_bytes(window, Self.all(0x8F))
            let seconds = avx512_equal_bytes(_mm512_and_si512(window, Self.all(0xC7)), Self.all(0x05))
            var calls = avx512_equal_bytes(window, Self.all(0xE8)) & open
            var moves = opcodes & ~others & seconds &>> 1 & open
            var operands = Self.operands(calls, moves)
            if (operands | moves &<< 1) & (calls | moves) != 0 {
                let first = CallOpcodes.uncovered(calls, moves)
                calls &= first
                moves &= first
                operands = Self.operands(calls, moves)
            }
            self.operands = operands
            ends = calls &<< 4 | moves &<< 5
            covered = operands | moves &<< 1
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
            let offsets = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(_mm512_mask_compress_epi8(window, ends, indices)))
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
