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
