import Codecs
import Planning
import TestSupport
import Testing

@Suite struct FeatureTests {
    private func value(_ feature: Feature, _ input: [UInt8]) throws -> Double {
        let buffer = GuardedBuffer(input)
        var sample = try FeatureSample(buffer.readOnly, scratch: ScratchArena())
        return try sample.value(feature)
    }

    @Test func entropyOfKnownDistributions() throws {
        #expect(try value(.entropy, Array(repeating: 3, count: 1000)) == 0)
        #expect(abs(try value(.entropy, (0..<4096).map { UInt8($0 % 2) }) - 1) < 1e-5)
        #expect(abs(try value(.entropy, (0..<4096).map { UInt8(truncatingIfNeeded: $0) }) - 8) < 1e-5)
        // 1/2, 1/4, 1/8, 1/8: 1.75 bits.
        #expect(abs(try value(.entropy, (0..<4096).map { [0, 0, 0, 0, 1, 1, 2, 3][$0 % 8] }) - 1.75) < 1e-5)
        // 2/3, 1/3: log2(3) - 2/3.
        #expect(abs(try value(.entropy, (0..<3000).map { $0 % 3 == 0 ? 1 : 0 }) - 0.918_295_8) < 1e-5)
    }

    @Test func runShareCountsRunsFromTheLimitOn() throws {
        let limit = FeatureSample.runLimit
        let noise = (0..<100).map { UInt8($0) }
        #expect(try value(.runShare, noise + Array(repeating: 200, count: limit - 1)) == 0)
        #expect(try value(.runShare, noise + Array(repeating: 200, count: limit)) == Double(limit) / Double(100 + limit))
        #expect(try value(.runShare, Array(repeating: 200, count: limit) + noise) == Double(limit) / Double(100 + limit))
        #expect(try value(.runShare, [7]) == 0)
    }

    @Test func phaseContrastSeesPositionsAndNothingElse() throws {
        for kind in [SampleInput.text, .random, .skewed, .zeros] {
            #expect(abs(try value(.phaseContrast, kind.bytes(200_000)) - 1) < 0.03, "\(kind)")
        }
        #expect(try value(.phaseContrast, SampleInput.floats.bytes(200_000)) > 1.5)
        // Eight positions, each with its own value: two at large are equal in 1 of 8 cases, of one position always.
        let periodic: [UInt8] = (0..<16_384).map { (index: Int) -> UInt8 in UInt8(index % 8 + 1) }
        #expect(abs(try value(.phaseContrast, periodic) - 8) < 0.01)
        // Too little to tell.
        #expect(try value(.phaseContrast, Array(periodic[..<255])) == 1)
        // Zeros do not count.
        let sparse: [UInt8] = (0..<16_384).map { (index: Int) -> UInt8 in index / 8 % 7 == 0 ? UInt8(index % 8 + 1) : 0 }
        #expect(abs(try value(.phaseContrast, sparse) - 8) < 0.05)
    }

    @Test func elementRatioIsNearTheOrder0Limit() throws {
        // 16-bit elements: one byte flat, one constant.
        var random = SplitMix64(seed: SplitMix64.runSeed)
        var halves: [UInt8] = []
        for _ in 0..<50_000 { halves += [UInt8(truncatingIfNeeded: random.next()), 7] }
        #expect(abs(try value(.elementRatio, halves) - 0.5) < 0.01)
        // As they are, the choice between the two kinds costs a bit more a byte.
        #expect(abs(try value(.entropyOverElements, halves) - 0.125) < 0.02)
        #expect(try value(.elementsToMatches, halves) == value(.elementRatio, halves) / value(.matchRatio, halves))
    }

    @Test(arguments: [2, 4, 8])
    func layoutsAreFoundAtEveryWidth(_ width: Int) throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        func layout(_ element: (Int) -> UInt64) throws -> String {
            var bytes: [UInt8] = []
            for index in 0..<200_000 / width {
                let value = element(index)
                for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
            }
            let buffer = GuardedBuffer(bytes)
            var sample = try FeatureSample(buffer.readOnly, scratch: ScratchArena())
            return try sample.elementLayout().rawValue
        }
        let top = UInt64(8 * width - 8)
        // The top byte has four values, the others are flat.
        let below: UInt64 = (1 << top) - 1
        #expect(try layout { _ in (random.next() & 3) << top | (random.next() & below) } == "planes\(width)")
        // A flat sign above them: turned away from the top byte it costs one bit and not two.
        #expect(
            try layout { _ in
                let magnitudes: [UInt64] = [3, 3, 3, 4, 4, 5, 6]
                let magnitude = magnitudes[Int(random.next() % 7)] << (top - 1)
                return random.next() << (top + 7) | magnitude | (random.next() & (below >> 1))
            } == "planes\(width)r")
        var sum: UInt64 = 0
        #expect(
            try layout { _ in
                sum &+= random.next() % 100
                return sum
            } == "delta\(width)")
        // Among zeros, of which narrower bitmaps would tell as much.
        #expect(
            try layout { _ in
                if random.next() % 3 != 0 { return 0 }
                return (random.next() & 3 | 4) << top | (random.next() & below)
            } == "sparse\(width)")
    }

    @Test func constancyLooksAtEveryByte() throws {
        var bytes = [UInt8](repeating: 9, count: 300_000)
        #expect(try value(.constancy, bytes) == 1)
        for place in [0, 1, 70_001, 299_999] {
            bytes[place] = 8
            #expect(try value(.constancy, bytes) == 0, "other byte at \(place)")
            bytes[place] = 9
        }
    }

    @Test func matchRatioSeparatesTextFromNoise() throws {
        #expect(try value(.matchRatio, SampleInput.text.bytes(200_000)) < 0.7)
        #expect(try value(.matchRatio, SampleInput.random.bytes(200_000)) > 0.99)
        #expect(try value(.matchExcess, SampleInput.skewed.bytes(200_000)) > 0.05)
    }

    #if LZ4
        /// The estimate against the real thing, on chunks that are their own sample.
        @Test(arguments: SampleInput.allCases)
        func matchRatioIsNearLZ4(_ kind: SampleInput) throws {
            let scratch = ScratchArena()
            for count in [1, 12, 13, 14, 100, 3000, 16_000] {
                let source = GuardedBuffer(kind.bytes(count))
                let target = GuardedBuffer(count: count)
                let block = try Pipeline(LZ4Codec(.fast(acceleration: 1))).encode(source.readOnly, into: target.bytes, scratch: scratch)
                let real = Double(block.payload.count) / Double(count)
                let estimate = try value(.matchRatio, kind.bytes(count))
                #expect(abs(real - estimate) < 0.04 + 4 / Double(count), "\(count) bytes: \(estimate), LZ4 \(real)")
            }
        }
    #endif

    /// The sample reaches both ends and takes no more than it says, whatever the chunk's size.
    @Test func sampleIsSpreadOverTheChunk() throws {
        let buffer = GuardedBuffer((0..<1 << 20).map { UInt8($0 >> 12) })
        let sample = try FeatureSample(buffer.readOnly, scratch: ScratchArena())
        #expect(sample.bytes.count == 16 << 10 && sample.bytes.first == 0 && sample.bytes.last == 255)
        #expect(Set(sample.bytes).count >= 16)
    }
}
