#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// Calls of x86-64 with 256-bit vectors, 64 bytes at a time. Touches nothing outside.
    package enum CallTargetsAVX2 {
        /// See `CallTargets.Convert`.
        @Sendable
        package static func placesX86(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
            convert(source, count, target, 1)
        }

        /// The inverse of ``placesX86``.
        @Sendable
        package static func distancesX86(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
            convert(source, count, target, .max)
        }

        /// - Parameter sign: 1 to add places, -1 modulo 2^32 to take them away.
        @inline(__always)
        private static func convert(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ sign: UInt32) {
            // The word's first bytes that an instruction of the one before covers.
            var covered: UInt64 = 0
            var word = 0
            if count >= 64 { copyWord(source, target) }
            while word &+ 128 <= count {
                // An operand that begins in this word may end in the next.
                copyWord(source + (word &+ 64), target + (word &+ 64))
                let found = CallWordAVX2(source + word, covered)
                convert(source + word, target + word, found, sign, sign &* UInt32(truncatingIfNeeded: word))
                covered = found.coveredBehind
                word &+= 64
            }
            let copied = count >= 64 ? word &+ 64 : 0
            (target + copied).copyMemory(from: source + copied, byteCount: count &- copied)
            CallTargets.convertRest(source, count, target, word &+ covered.nonzeroBitCount, sign)
        }

        @inline(__always)
        private static func copyWord(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
            target.storeBytes(of: source.loadUnaligned(as: __m256i.self), as: __m256i.self)
            target.storeBytes(of: source.loadUnaligned(fromByteOffset: 32, as: __m256i.self), toByteOffset: 32, as: __m256i.self)
        }

        /// Converts the operands of a word's instructions. Most words have no more than two: one branch that is foreseen.
        ///
        /// An only one is converted twice, from the source to the same result; of none, bytes behind the word are written as they are.
        ///
        /// - Parameter place: that of the word, with the sign.
        @inline(__always)
        private static func convert(
            _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ found: CallWordAVX2, _ sign: UInt32, _ place: UInt32
        ) {
            var opcodes = found.calls | found.moves
            let isAny = Int(truncatingIfNeeded: opcodes | (0 &- opcodes))
            repeat {
                convertFirst(source, target, opcodes, found.moves, isAny, sign, place)
                let others = opcodes & (opcodes &- 1)
                opcodes = others == 0 ? opcodes : others
                convertFirst(source, target, opcodes, found.moves, isAny, sign, place)
                opcodes &= opcodes &- 1
            } while opcodes != 0
        }

        /// Converts the operand of the first of the `opcodes`, of which there are some when `isAny` is negative.
        @inline(__always)
        private static func convertFirst(
            _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ opcodes: UInt64, _ moves: UInt64, _ isAny: Int,
            _ sign: UInt32, _ place: UInt32
        ) {
            let at = opcodes.trailingZeroBitCount
            let end = at &+ 5 &+ Int(truncatingIfNeeded: moves &>> UInt64(truncatingIfNeeded: at) & 1)
            let operand = (source + end).loadUnaligned(fromByteOffset: -4, as: UInt32.self)
            let excess = Int((operand &+ 1 &<< 27) &>> 28)
            let isConverted = (isAny & (excess &- 1)) &>> 63
            let sum = operand &+ place &+ sign &* UInt32(truncatingIfNeeded: end)
            let converted = UInt32(bitPattern: Int32(bitPattern: sum &<< 4) &>> 4)
            let result = operand ^ (operand ^ converted) & UInt32(truncatingIfNeeded: isConverted)
            (target + end).storeBytes(of: result, toByteOffset: -4, as: UInt32.self)
        }
    }

    /// The instructions that begin in 64 bytes, as masks of their opcodes: none within another one.
    private struct CallWordAVX2 {
        let calls, moves: UInt64

        /// - Parameters:
        ///   - code: 65 bytes are read.
        ///   - covered: What an instruction of the word before covers.
        @inline(__always)
        init(_ code: UnsafeRawPointer, _ covered: UInt64) {
            let low = CallMasksAVX2(code)
            let high = CallMasksAVX2(code + 32)
            var calls = (UInt64(low.calls) | UInt64(high.calls) &<< 32) & ~covered
            var moves = (UInt64(low.moves) | UInt64(high.moves) &<< 32) & ~covered
            let opcodes = calls | moves
            let two = opcodes &<< 1 | opcodes &<< 2
            if (two | two &<< 2 | moves &<< 5) & opcodes != 0 {
                let first = CallOpcodes.uncovered(calls, moves)
                calls &= first
                moves &= first
            }
            (self.calls, self.moves) = (calls, moves)
        }

        /// The first bytes behind the word that its last instruction covers.
        var coveredBehind: UInt64 {
            @inline(__always)
            get {
                let last = calls &>> 60 | moves &>> 59
                return last &<< 1 &- (last == 0 ? 0 : 1)
            }
        }
    }

    /// The opcodes in 32 bytes.
    private struct CallMasksAVX2 {
        let calls, moves: UInt32

        @inline(__always)
        init(_ code: UnsafeRawPointer) {
            let first = code.loadUnaligned(as: __m256i.self)
            let second = code.loadUnaligned(fromByteOffset: 1, as: __m256i.self)
            func all(_ byte: UInt8) -> __m256i { _mm256_set1_epi8(Int8(bitPattern: byte)) }
            let opcodes = _mm256_cmpeq_epi8(_mm256_and_si256(first, all(0xF9)), all(0x89))
            let others = _mm256_cmpeq_epi8(first, all(0x8F))
            let operands = _mm256_cmpeq_epi8(_mm256_and_si256(second, all(0xC7)), all(0x05))
            let real = _mm256_andnot_si256(others, _mm256_and_si256(opcodes, operands))
            moves = UInt32(bitPattern: _mm256_movemask_epi8(real))
            calls = UInt32(bitPattern: _mm256_movemask_epi8(_mm256_cmpeq_epi8(first, all(0xE8))))
        }
    }
#endif
