#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// Element filters with 256-bit vectors: see `ElementFilter`. Each is as the portable one of the same name.
    package enum ElementFilterAVX2 {
        @Sendable
        package static func difference(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
            withEachWidth(source, count, width, target, .difference)
        }

        @Sendable
        package static func sum(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
            withEachWidth(source, count, width, target, .sum)
        }

        @Sendable
        package static func xorPrevious(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
            withEachWidth(source, count, width, target, .xor)
        }

        @Sendable
        package static func undoXorPrevious(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
            withEachWidth(source, count, width, target, .undoXor)
        }

        @Sendable
        package static func zigzag(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
            withEachWidth(source, count, width, target, .zigzag)
        }

        @Sendable
        package static func undoZigzag(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
            withEachWidth(source, count, width, target, .undoZigzag)
        }

        @Sendable
        package static func differenceZigzag(_ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer) {
            withEachWidth(source, count, width, target, .differenceZigzag)
        }

        @Sendable
        package static func undoDifferenceZigzag(
            _ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer
        ) {
            withEachWidth(source, count, width, target, .undoDifferenceZigzag)
        }
    }

    extension ElementFilterAVX2 {
        private enum Step { case difference, xor, zigzag, undoZigzag, differenceZigzag, sum, undoXor, undoDifferenceZigzag }

        @inline(__always)
        private static func withEachWidth(
            _ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer, _ step: Step
        ) {
            switch width {
            case 1: apply(source, count, 1, target, step)
            case 2: apply(source, count, 2, target, step)
            case 4: apply(source, count, 4, target, step)
            default: apply(source, count, 8, target, step)
            }
        }

        @inline(__always)
        private static func apply(
            _ source: UnsafeRawPointer, _ count: Int, _ width: Int, _ target: UnsafeMutableRawPointer, _ step: Step
        ) {
            switch step {
            case .sum, .undoXor, .undoDifferenceZigzag: accumulate(source, count &* width, width, target, step)
            default: forward(source, count &* width, width, target, step)
            }
        }

        /// Filters where each result depends on an element and the one before it, `end` bytes.
        @inline(__always)
        private static func forward(
            _ source: UnsafeRawPointer, _ end: Int, _ width: Int, _ target: UnsafeMutableRawPointer, _ step: Step
        ) {
            if end == 0 { return }
            // Eight bytes each, from an element earlier; the first of them from what is there, not from before the source.
            let first = width == 8 ? 0 : source.loadUnaligned(as: Int64.self) << Int64(8 &* width)
            let second = source.loadUnaligned(fromByteOffset: 8 &- width, as: Int64.self)
            let third = source.loadUnaligned(fromByteOffset: 16 &- width, as: Int64.self)
            let fourth = source.loadUnaligned(fromByteOffset: 24 &- width, as: Int64.self)
            var before = _mm256_set_epi64x(fourth, third, second, first)
            var at = 0
            while at < end {
                let here = source.loadUnaligned(fromByteOffset: at, as: __m256i.self)
                // Before the target, which may be the source, is written.
                let next = source.loadUnaligned(fromByteOffset: at &+ 32 &- width, as: __m256i.self)
                let result =
                    switch step {
                    case .difference: ElementLanesAVX2.subtract(here, before, width)
                    case .xor: _mm256_xor_si256(here, before)
                    case .zigzag: ElementLanesAVX2.zigzag(here, width)
                    case .undoZigzag: ElementLanesAVX2.undoZigzag(here, width)
                    default: ElementLanesAVX2.zigzag(ElementLanesAVX2.subtract(here, before, width), width)
                    }
                target.storeBytes(of: result, toByteOffset: at, as: __m256i.self)
                before = next
                at &+= 32
            }
        }

        /// The sums, or the xor, of all elements so far: by log steps within 64 bits, then of the tops of all 64 bits, whose own value
        /// is taken off again, as each is to get what stands before it. Only the addition of the carry waits for the vector before.
        @inline(__always)
        private static func accumulate(
            _ source: UnsafeRawPointer, _ end: Int, _ width: Int, _ target: UnsafeMutableRawPointer, _ step: Step
        ) {
            var carry = _mm256_setzero_si256()
            var at = 0
            while at < end {
                var sums = source.loadUnaligned(fromByteOffset: at, as: __m256i.self)
                if step == .undoDifferenceZigzag { sums = ElementLanesAVX2.undoZigzag(sums, width) }
                if width == 1 { sums = plus(sums, _mm256_slli_epi64(sums, 8), width, step) }
                if width <= 2 { sums = plus(sums, _mm256_slli_epi64(sums, 16), width, step) }
                if width <= 4 { sums = plus(sums, _mm256_slli_epi64(sums, 32), width, step) }
                let tops = ElementLanesAVX2.tops(sums, width)
                let halves = plus(tops, avx2_up_1(tops), width, step)
                let low = avx2_low_half_up(halves)
                let totals = plus(halves, _mm256_unpackhi_epi64(low, low), width, step)
                let own = step == .undoXor ? _mm256_xor_si256(sums, tops) : ElementLanesAVX2.subtract(sums, tops, width)
                let result = plus(plus(own, totals, width, step), carry, width, step)
                target.storeBytes(of: result, toByteOffset: at, as: __m256i.self)
                carry = plus(carry, avx2_top(totals), width, step)
                at &+= 32
            }
        }

        @inline(__always)
        private static func plus(_ a: __m256i, _ b: __m256i, _ width: Int, _ step: Step) -> __m256i {
            step == .undoXor ? _mm256_xor_si256(a, b) : ElementLanesAVX2.add(a, b, width)
        }
    }
#endif
