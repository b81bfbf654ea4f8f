#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// Entries of a code by symbol, in four tables of 64 bits each: the entry in bits 0, 16, 32 and 48. Four symbols' entries or-ed
    /// are four lanes, for one store.
    struct HuffmanEntriesAVX2 {
        static let tableSize = 256 * 8
        private let tables: UnsafeRawPointer

        /// Uses four times ``tableSize`` bytes of the workspace.
        init(_ code: HuffmanCode, _ workspace: UnsafeMutableRawPointer) {
            tables = UnsafeRawPointer(workspace)
            var symbol = 0
            while symbol < 256 {
                let four = UnsafeRawPointer(code.entries + symbol).loadUnaligned(as: Int64.self)
                let entries = _mm256_cvtepu16_epi64(_mm_cvtsi64_si128(four))
                let target = workspace + 8 &* symbol
                target.storeBytes(of: entries, as: __m256i.self)
                (target + Self.tableSize).storeBytes(of: _mm256_slli_epi64(entries, 16), as: __m256i.self)
                (target + 2 &* Self.tableSize).storeBytes(of: _mm256_slli_epi64(entries, 32), as: __m256i.self)
                (target + 3 &* Self.tableSize).storeBytes(of: _mm256_slli_epi64(entries, 48), as: __m256i.self)
                symbol &+= 4
            }
        }

        /// Writes the entries of `count` symbols, a multiple of 8, in their order.
        func look(up symbols: UnsafeRawPointer, _ count: Int, into target: UnsafeMutableRawPointer) {
            var at = 0
            while at < count {
                let (first, second) = (pair(symbols, at), pair(symbols, at &+ 2))
                let entries = low(first, 0) | high(first, 1) | low(second, 2) | high(second, 3)
                (target + 2 &* at).storeBytes(of: entries, as: UInt64.self)
                at &+= 4
            }
        }

        /// Writes the entries of `count` symbols, a multiple of 64: of each 64 first the even ones, then the odd ones.
        func lookInPairs(up symbols: UnsafeRawPointer, _ count: Int, into target: UnsafeMutableRawPointer) {
            var at = 0
            while at < count {
                let places = target + 2 &* at
                let source = symbols + at
                var inner = 0
                while inner < 64 {
                    let (first, second) = (pair(source, inner), pair(source, inner &+ 2))
                    let (third, fourth) = (pair(source, inner &+ 4), pair(source, inner &+ 6))
                    let even = low(first, 0) | low(second, 1) | low(third, 2) | low(fourth, 3)
                    let odd = high(first, 0) | high(second, 1) | high(third, 2) | high(fourth, 3)
                    (places + inner).storeBytes(of: even, as: UInt64.self)
                    (places + 64 + inner).storeBytes(of: odd, as: UInt64.self)
                    inner &+= 8
                }
                at &+= 64
            }
        }

        /// Two symbols by one load: with one load each the loads would be what bounds the loop, with more at once the shifts.
        @inline(__always)
        private func pair(_ symbols: UnsafeRawPointer, _ at: Int) -> UInt16 {
            UInt16(littleEndian: symbols.loadUnaligned(fromByteOffset: at, as: UInt16.self))
        }

        /// The entry of the first of two symbols, in lane `lane` of four.
        @inline(__always)
        private func low(_ pair: UInt16, _ lane: Int) -> UInt64 {
            tables.load(fromByteOffset: Self.tableSize &* lane &+ 8 &* Int(pair & 0xFF), as: UInt64.self)
        }

        /// The entry of the second of two symbols, in lane `lane` of four.
        @inline(__always)
        private func high(_ pair: UInt16, _ lane: Int) -> UInt64 {
            tables.load(fromByteOffset: Self.tableSize &* lane &+ 8 &* Int(pair &>> 8), as: UInt64.self)
        }
    }
#endif
