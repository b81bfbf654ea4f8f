#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// Symbols by rank.
    ///
    /// A byte shuffle looks up one of 16. Ranks less 16 k are negative, and find a zero, unless they are at least 16 k; so when table k
    /// is the difference between the symbols of ranks 16 k and 16 (k - 1), the lookups of all tables add up, by exclusive or, to the
    /// symbol. Ranks from 128 on are negative from the start; they begin anew.
    struct HuffmanRanksAVX2 {
        /// Bytes of memory for the tables.
        static let size = 512

        private let tables: UnsafeRawPointer
        private let end: UnsafeRawPointer

        init(_ code: HuffmanCode, _ memory: UnsafeMutableRawPointer) {
            var count = 0
            var length = 1
            while length < 16 {
                count &+= Int(code.counts[length])
                length &+= 1
            }
            let ranked = UnsafeRawPointer(code.ranked)
            let zero = _mm_setzero_si128()
            var table = 0
            while table < 16 {
                let last = table & 7 == 0 ? zero : ranked.loadUnaligned(fromByteOffset: 16 &* table &- 16, as: __m128i.self)
                let difference = _mm_xor_si128(ranked.loadUnaligned(fromByteOffset: 16 &* table, as: __m128i.self), last)
                (memory + 32 &* table).storeBytes(of: _mm256_broadcastsi128_si256(difference), as: __m256i.self)
                table &+= 1
            }
            tables = UnsafeRawPointer(memory)
            end = tables + 32 &* ((count &+ 15) &>> 4)
        }

        /// Replaces `count` ranks, a multiple of 32, by their symbols.
        func translate(_ bytes: UnsafeMutableRawPointer, _ count: Int) {
            var at = 0
            while at &+ 128 <= count {
                let place = bytes + at
                var four = Four(place, place + 32, place + 64, place + 96)
                look(up: &four)
                place.storeBytes(of: four.symbols0, as: __m256i.self)
                (place + 32).storeBytes(of: four.symbols1, as: __m256i.self)
                (place + 64).storeBytes(of: four.symbols2, as: __m256i.self)
                (place + 96).storeBytes(of: four.symbols3, as: __m256i.self)
                at &+= 128
            }
            while at < count {
                let place = bytes + at
                var four = Four(place, place, place, place)
                look(up: &four)
                place.storeBytes(of: four.symbols0, as: __m256i.self)
                at &+= 32
            }
        }

        @inline(__always)
        private func look(up four: inout Four) {
            let half = tables + 256
            four.look(up: tables, min(end, half))
            if end > half {
                four.turn()
                four.look(up: half, end)
            }
        }

        /// Four vectors of ranks on their way.
        private struct Four {
            var ranks0: __m256i
            var ranks1: __m256i
            var ranks2: __m256i
            var ranks3: __m256i
            var symbols0 = _mm256_setzero_si256()
            var symbols1 = _mm256_setzero_si256()
            var symbols2 = _mm256_setzero_si256()
            var symbols3 = _mm256_setzero_si256()

            private let place0: UnsafeRawPointer
            private let place1: UnsafeRawPointer
            private let place2: UnsafeRawPointer
            private let place3: UnsafeRawPointer

            @inline(__always)
            init(_ place0: UnsafeRawPointer, _ place1: UnsafeRawPointer, _ place2: UnsafeRawPointer, _ place3: UnsafeRawPointer) {
                self.place0 = place0
                self.place1 = place1
                self.place2 = place2
                self.place3 = place3
                ranks0 = place0.loadUnaligned(as: __m256i.self)
                ranks1 = place1.loadUnaligned(as: __m256i.self)
                ranks2 = place2.loadUnaligned(as: __m256i.self)
                ranks3 = place3.loadUnaligned(as: __m256i.self)
            }

            /// Begins anew with what is above 128.
            @inline(__always)
            mutating func turn() {
                let sign = _mm256_set1_epi8(-128)
                ranks0 = _mm256_xor_si256(place0.loadUnaligned(as: __m256i.self), sign)
                ranks1 = _mm256_xor_si256(place1.loadUnaligned(as: __m256i.self), sign)
                ranks2 = _mm256_xor_si256(place2.loadUnaligned(as: __m256i.self), sign)
                ranks3 = _mm256_xor_si256(place3.loadUnaligned(as: __m256i.self), sign)
            }

            @inline(__always)
            mutating func look(up tables: UnsafeRawPointer, _ end: UnsafeRawPointer) {
                let sixteen = _mm256_set1_epi8(16)
                var table = tables
                while table < end {
                    let symbols = table.loadUnaligned(as: __m256i.self)
                    symbols0 = _mm256_xor_si256(symbols0, _mm256_shuffle_epi8(symbols, ranks0))
                    symbols1 = _mm256_xor_si256(symbols1, _mm256_shuffle_epi8(symbols, ranks1))
                    symbols2 = _mm256_xor_si256(symbols2, _mm256_shuffle_epi8(symbols, ranks2))
                    symbols3 = _mm256_xor_si256(symbols3, _mm256_shuffle_epi8(symbols, ranks3))
                    ranks0 = _mm256_subs_epi8(ranks0, sixteen)
                    ranks1 = _mm256_subs_epi8(ranks1, sixteen)
                    ranks2 = _mm256_subs_epi8(ranks2, sixteen)
                    ranks3 = _mm256_subs_epi8(ranks3, sixteen)
                    table += 32
                }
            }
        }
    }
#endif
