#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// Element filters with 512-bit vectors: see `ElementFilter`. Each is as the portable one of the same name.
    package enum ElementFilterAVX512 {
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

    extension ElementFilterAVX512 {
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
            // Bytes of the mask alone are read.
            var before = _mm512_maskz_loadu_epi8(UInt64.max &<< UInt64(width), source - width)
            var at = 0
            while at < end {
                let here = source.loadUnaligned(fromByteOffset: at, as: __m512i.self)
                // Before the target, which may be the source, is written.
                let next = source.loadUnaligned(fromByteOffset: at &+ 64 &- width, as: __m512i.self)
                let result =
                    switch step {
                    case .difference: ElementLanesAVX512.subtract(here, before, width)
                    case .xor: _mm512_xor_si512(here, before)
                    case .zigzag: ElementLanesAVX512.zigzag(here, width)
                    case .undoZigzag: ElementLanesAVX512.undoZigzag(here, width)
                    default: ElementLanesAVX512.zigzag(ElementLanesAVX512.subtract(here, before, width), width)
                    }
                target.storeBytes(of: result, toByteOffset: at, as: __m512i.self)
                before = next
                at &+= 64
            }
        }

        /// The sums, or the xor, of all elements so far: by log steps within 64 bits, then of the tops of all 64 bits, whose own value
        /// is taken off again, as each is to get what stands before it. Only the addition of the carry waits for the vector before.
        @inline(__always)
        private static func accumulate(
            _ source: UnsafeRawPointer, _ end: Int, _ width: Int, _ target: UnsafeMutableRawPointer, _ step: Step
        ) {
            let last = _mm512_set1_epi64(7)
            var carry = _mm512_setzero_si512()
            var at = 0
            while at < end {
                var sums = source.loadUnaligned(fromByteOffset: at, as: __m512i.self)
                if step == .undoDifferenceZigzag { sums = ElementLanesAVX512.undoZigzag(sums, width) }
                if width == 1 { sums = plus(sums, _mm512_slli_epi64(sums, 8), width, step) }
                if width <= 2 { sums = plus(sums, _mm512_slli_epi64(sums, 16), width, step) }
                if width <= 4 { sums = plus(sums, _mm512_slli_epi64(sums, 32), width, step) }
                let tops = ElementLanesAVX512.tops(sums, width)
                var totals = plus(tops, avx512_up_1(tops), width, step)
                totals = plus(totals, avx512_up_2(totals), width, step)
                totals = plus(totals, avx512_up_4(totals), width, step)
                let own = step == .undoXor ? _mm512_xor_si512(sums, tops) : ElementLanesAVX512.subtract(sums, tops, width)
                let result = plus(plus(own, totals, width, step), carry, width, step)
                target.storeBytes(of: result, toByteOffset: at, as: __m512i.self)
                carry = plus(carry, _mm512_permutexvar_epi64(last, totals), width, step)
                at &+= 64
            }
        }

        @inline(__always)
        private static func plus(_ a: __m512i, _ b: __m512i, _ width: Int, _ step: Step) -> __m512i {
            step == .undoXor ? _mm512_xor_si512(a, b) : ElementLanesAVX512.add(a, b, width)
        }
    }
#endif
