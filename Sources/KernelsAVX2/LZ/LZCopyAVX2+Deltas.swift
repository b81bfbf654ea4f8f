#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    extension LZCopyAVX2 {
        /// See `LZCopy.Copy`, for delta literals: up to 32 of them without a branch when the last distance is 32 or more.
        @Sendable
        package static func copyDeltas(
            _ input: inout LZInput, _ batch: LZBatch, _ count: Int, _ output: UnsafeMutableRawPointer, _ start: UnsafeRawPointer
        ) -> UnsafeMutableRawPointer? {
            let rows = batch.rows
            var literals = input.literals.at
            var last = input.lastDistance
            var target = output
            var index = 0
            while index < count {
                let literalCount = Int(rows[index])
                let matchCount = Int(rows[index &+ stride])
                let distance = Int(rows[index &+ 2 &* stride])
                if last >= 32 {
                    addVector(literals, UnsafeRawPointer(target) - last, target)
                    if literalCount > 32 { addLong(literals, target, last, literalCount) }
                } else {
                    addNear(literals, target, last, literalCount)
                }
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
                last = distance
                index = index &+ 1
            }
            input.literals.at = literals
            input.lastDistance = last
            return target
        }

        /// Adds the bytes from 32 on.
        @inline(never)
        private static func addLong(_ literals: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
            var at = 32
            while at < count {
                addVector(literals + at, UnsafeRawPointer(target) + at - distance, target + at)
                at = at &+ 32
            }
        }

        /// For distances below 32; 0 is for literals that are bytes.
        @inline(never)
        private static func addNear(_ literals: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
            if distance == 0 {
                copyVector(literals, target)
                copyLong(literals, target, count)
            } else if distance >= 16 {
                addSixteens(literals, target, distance, count)
            } else {
                addBytes(literals, target, distance, count)
            }
        }

        @inline(__always)
        private static func addSixteens(_ literals: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
            let source = UnsafeRawPointer(target) - distance
            var at = 0
            while at < count {
                let before = (source + at).loadUnaligned(as: __m128i.self)
                (target + at).storeBytes(of: _mm_add_epi8((literals + at).loadUnaligned(as: __m128i.self), before), as: __m128i.self)
                at = at &+ 16
            }
        }

        @inline(__always)
        private static func addBytes(_ literals: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
            let source = UnsafeRawPointer(target) - distance
            var at = 0
            while at < count {
                let difference = literals.load(fromByteOffset: at, as: UInt8.self)
                target.storeBytes(of: difference &+ source.load(fromByteOffset: at, as: UInt8.self), toByteOffset: at, as: UInt8.self)
                at = at &+ 1
            }
        }

        @inline(__always)
        private static func addVector(_ literals: UnsafeRawPointer, _ before: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
            let sums = _mm256_add_epi8(literals.loadUnaligned(as: __m256i.self), before.loadUnaligned(as: __m256i.self))
            target.storeBytes(of: sums, as: __m256i.self)
        }
    }
#endif
