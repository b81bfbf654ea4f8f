#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// Copies with 256-bit vectors: up to 32 literals and up to 32 bytes of a match without a branch. A match from fewer than 32 bytes
    /// back repeats a pattern that one byte shuffle makes.
    package enum LZCopyAVX2 {
        /// `LZBatch.stride`, as a constant of this module: another module's is fetched by a call.
        static let stride = 576

        /// See `LZCopy.Copy`.
        @Sendable
        package static func copy(
            _ input: inout LZInput, _ batch: LZBatch, _ count: Int, _ output: UnsafeMutableRawPointer, _ start: UnsafeRawPointer
        ) -> UnsafeMutableRawPointer? {
            let rows = batch.rows
            var literals = input.literals.at
            var target = output
            var index = 0
            while index < count {
                let literalCount = Int(rows[index])
                let matchCount = Int(rows[index &+ stride])
                let distance = Int(rows[index &+ 2 &* stride])
                copyVector(literals, target)
                if literalCount > 32 { copyLong(literals, target, literalCount) }
                literals += literalCount
                target += literalCount
                let source = UnsafeRawPointer(target) - distance
                if source < start { return nil }
                if distance >= 32 {
                    copyVector(source, target)
                    if matchCount > 32 { copyLong(source, target, matchCount) }
                } else {
                    copyNear(source, target, distance, matchCount)
                }
                target += matchCount
                index = index &+ 1
            }
            input.literals.at = literals
            return target
        }

        /// Copies the bytes from 32 on.
        @inline(never)
        static func copyLong(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
            var at = 32
            while at < count {
                copyVector(source + at, target + at)
                at = at &+ 32
            }
        }

        /// Repeats the `distance` bytes at `source`, 1...31, which end at `target`.
        @inline(never)
        package static func copyNear(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
            var at = 0
            if distance < 16 {
                let places = LZTables.patterns.loadUnaligned(fromByteOffset: 16 &* distance, as: __m128i.self)
                let pattern = _mm_shuffle_epi8(source.loadUnaligned(as: __m128i.self), places)
                let step = Int(LZTables.patternSteps[distance])
                while at < count {
                    (target + at).storeBytes(of: pattern, as: __m128i.self)
                    at = at &+ step
                }
            } else {
                while at < count {
                    (target + at).storeBytes(of: (source + at).loadUnaligned(as: __m128i.self), as: __m128i.self)
                    at = at &+ 16
                }
            }
        }

        @inline(__always)
        static func copyVector(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
            target.storeBytes(of: source.loadUnaligned(as: __m256i.self), as: __m256i.self)
        }
    }
#endif
