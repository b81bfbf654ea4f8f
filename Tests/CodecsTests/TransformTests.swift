import Codecs
import Format
import TestSupport
import Testing

/// planes, delta and sparse against a naive reading of Transforms.md, and what their decoders refuse.
@Suite struct TransformTests {
    private static let counts = [1, 2, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1000, 4099]
    private static let contents: [SampleInput] = [.floats, .random, .sparse, .runs]

    @Test func workedExamples() throws {
        let numbers: [UInt8] = [0x80, 0xBF, 0x01, 0x40, 0xFF, 0xC0, 0x55]
        try expect(PlanesCodec(width: .two, isRotated: false), numbers, [[0x80, 0x01, 0xFF, 0x55], [0xBF, 0x40, 0xC0]])
        try expect(PlanesCodec(width: .two, isRotated: true), numbers, [[0x01, 0x02, 0xFF, 0x55], [0x7F, 0x80, 0x81]])
        let series: [UInt8] = [5, 0, 3, 0, 4, 0, 0xFF, 0xFF, 0x2A]
        try expect(DeltaCodec(width: .two, filter: .difference), series, [[5, 0, 0xFE, 0xFF, 1, 0, 0xFB, 0xFF, 0x2A]])
        try expect(DeltaCodec(width: .two, filter: .xor), series, [[5, 0, 6, 0, 7, 0, 0xFB, 0xFF, 0x2A]])
        try expect(DeltaCodec(width: .two, filter: .zigzag), series, [[0x0A, 0, 3, 0, 2, 0, 9, 0, 0x2A]])
        let weights: [UInt8] = [0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0xAA, 0xBB]
        try expect(SparseCodec(width: .four), weights, [[1, 2, 3, 4, 5, 0, 0, 0, 0xAA, 0xBB], [0x12]])
    }

    @Test(arguments: ElementWidth.allCases)
    func streamsAreAsSpecified(_ width: ElementWidth) throws {
        for content in Self.contents {
            for count in Self.counts where count >= width.rawValue {
                let input = content.bytes(count)
                let oracle = TransformOracle(input, width: width.rawValue)
                for filter in DeltaCodec.Filter.allCases {
                    try expect(DeltaCodec(width: width, filter: filter), input, [oracle.delta(filter)])
                }
                try expect(SparseCodec(width: width), input, oracle.sparse())
                guard width != .one else { continue }
                for isRotated in [false, true] {
                    try expect(PlanesCodec(width: width, isRotated: isRotated), input, oracle.planes(isRotated))
                }
            }
        }
    }

    /// Both ways, unless the codec may decline and does; and the streams keep to the sizes that a decoder allows.
    private func expect(_ codec: any BranchCodec, _ input: [UInt8], _ streams: [[UInt8]]) throws {
        #expect(try joined(codec, streams, count: input.count) == input, "\(codec.label), \(input.count) bytes")
        for (stream, limit) in zip(streams, codec.maximumStreamCounts(decodedCount: input.count)) {
            #expect(stream.count <= limit, "\(codec.label), \(input.count) bytes")
        }
        let scratch = ScratchArena(fenced: true)
        let source = GuardedBuffer(input)
        if let split = try codec.split(source.readOnly, scratch: scratch) {
            #expect(split.map { Array($0) } == streams, "\(codec.label), \(input.count) bytes")
        } else {
            #expect(codec is SparseCodec && streams[0].count + streams[1].count >= input.count - input.count / 32)
        }
        #expect(source.isIntact)
    }

    private func joined(_ codec: any BranchCodec, _ streams: [[UInt8]], count: Int) throws -> [UInt8] {
        let sources = streams.map { GuardedBuffer($0) }
        let target = GuardedBuffer(count: count)
        // Nothing else keeps an array's buffers mapped to the end, when joining throws.
        defer { withExtendedLifetime(sources) {} }
        try codec.join(sources.map(\.readOnly), into: target.bytes, scratch: ScratchArena(fenced: true))
        #expect(target.isIntact && sources.allSatisfy(\.isIntact))
        return Array(target.readOnly)
    }

    private func isRefused(_ codec: any BranchCodec, _ streams: [[UInt8]], count: Int) throws -> Bool {
        do {
            _ = try joined(codec, streams, count: count)
            return false
        } catch CodecError.corrupt(_, let offset, _) {
            return offset >= 0 && offset <= streams.map(\.count).max() ?? 0
        }
    }

    @Test func everyStreamOfAnotherSizeIsRefused() throws {
        let codecs: [any BranchCodec] =
            ElementWidth.allCases.flatMap { [SparseCodec(width: $0), DeltaCodec(width: $0, filter: .zigzag)] as [any BranchCodec] }
            + [ElementWidth.two, .four, .eight].map { PlanesCodec(width: $0, isRotated: true) }
        for codec in codecs {
            for count in [17, 24, 100] {
                let input = Array(SampleInput.random.bytes(8).map { $0 | 1 } + Array(repeating: 0, count: count - 8))
                let width = Int(codec.parameters[0])
                let oracle = TransformOracle(input, width: width)
                let streams =
                    switch codec {
                    case is PlanesCodec: oracle.planes(true)
                    case is DeltaCodec: [oracle.delta(.zigzag)]
                    default: oracle.sparse()
                    }
                #expect(try joined(codec, streams, count: count) == input)
                for index in streams.indices {
                    for changed in [Array(streams[index].dropLast()), streams[index] + [0], []] {
                        var broken = streams
                        broken[index] = changed
                        #expect(try isRefused(codec, broken, count: count), "\(codec.label), stream \(index) of \(changed.count) bytes")
                    }
                }
                // Zeros at the end of a bitmap can be one element more or less.
                for other in codec is SparseCodec ? [8 * count] : [count - 8, count + 8, 8 * count] {
                    #expect(try isRefused(codec, streams, count: other), "\(codec.label), \(other) instead of \(count) bytes")
                }
            }
        }
    }

    @Test func bitmapsThatDoNotMatchTheValuesAreRefused() throws {
        let codec = SparseCodec(width: .two)
        // Three elements, the second not zero.
        #expect(try joined(codec, [[7, 8], [0b010]], count: 6) == [0, 0, 7, 8, 0, 0])
        for bitmap in [0b000, 0b011, 0b111, 0b1010, 0b1000_0010] as [UInt8] {
            #expect(try isRefused(codec, [[7, 8], [bitmap]], count: 6), "\(bitmap)")
        }
        #expect(try isRefused(codec, [[7, 8], [0b010, 0]], count: 6))
        #expect(try isRefused(codec, [[7, 8], []], count: 6))
        #expect(try isRefused(codec, [[7], [0b010]], count: 6))
        #expect(try isRefused(codec, [[], [0xFF]], count: 16))
        #expect(try joined(codec, [[9], []], count: 1) == [9])
        #expect(try joined(codec, [[], [0]], count: 16) == Array(repeating: 0, count: 16))
    }

    @Test func parametersAreTheOnesOfTheSpecification() throws {
        for first in 0...UInt8.max {
            let isWidth = [1, 2, 4, 8].contains(first)
            let sparse = try? SparseCodec(parameters: [first])
            #expect((sparse != nil) == isWidth)
            for second in [0, 1, 2, 3, 255] as [UInt8] {
                let planes = try? PlanesCodec(parameters: [first, second])
                #expect((planes != nil) == (isWidth && first > 1 && second <= 1))
                #expect(planes == nil || planes?.parameters == [first, second] && planes?.streamNames.count == Int(first))
                let delta = try? DeltaCodec(parameters: [first, second])
                #expect((delta != nil) == (isWidth && second <= 2))
                #expect(delta == nil || delta?.parameters == [first, second])
            }
        }
        for parameters in [[], [2], [2, 0, 0]] as [[UInt8]] {
            #expect(throws: CodecError.self) { try PlanesCodec(parameters: parameters) }
            #expect(throws: CodecError.self) { try DeltaCodec(parameters: parameters) }
            if parameters.count != 1 { #expect(throws: CodecError.self) { try SparseCodec(parameters: parameters) } }
        }
    }

    /// The number of children follows from the parameters.
    @Test func aDescriptorHasOneChildForEachPlane() throws {
        for width in [2, 4, 8] {
            for children in [0, 1, width - 1, width, width + 1, 8, 9] {
                let descriptor = PipelineDescriptor(
                    codec: PlanesCodec.id, parameters: [UInt8(width), 1], children: Array(repeating: .stored, count: children))
                let pipeline = try? Pipeline(descriptor: descriptor)
                #expect((pipeline != nil) == (children == width), "\(children) children for \(width) planes")
                let list = Array(repeating: "stored", count: children).joined(separator: ",")
                #expect(descriptor.expression == (children == 0 ? "planes\(width)r" : "planes\(width)r(\(list))"))
            }
        }
        // Parameters that cannot be, as a listing shows them.
        #expect(PipelineDescriptor(codec: PlanesCodec.id, parameters: [3]).expression == "planes")
    }

    @Test func theErrorNamesTheStream() throws {
        let codec = PlanesCodec(width: .two, isRotated: true)
        #expect(throws: CodecError.corrupt(codec: "planes2r plane 1", offset: 3, reason: "4 bytes where 3 belong")) {
            _ = try joined(codec, [[1, 2, 3], [1, 2, 3, 4]], count: 6)
        }
    }
}

/// The streams as Transforms.md has them, element by element.
struct TransformOracle {
    private let elements: [UInt64]
    private let remainder: [UInt8]
    private let width: Int

    init(_ input: [UInt8], width: Int) {
        self.width = width
        elements = (0..<input.count / width).map { index in
            (0..<width).reduce(0) { $0 | UInt64(input[index * width + $1]) << UInt64(8 * $1) }
        }
        remainder = Array(input[(elements.count * width)...])
    }

    private var mask: UInt64 { width == 8 ? .max : 1 << UInt64(8 * width) - 1 }

    private func bytes(_ elements: [UInt64]) -> [UInt8] {
        elements.flatMap { element in (0..<width).map { UInt8(truncatingIfNeeded: element >> UInt64(8 * $0)) } }
    }

    func planes(_ isRotated: Bool) -> [[UInt8]] {
        let top = UInt64(8 * width - 1)
        let turned = isRotated ? elements.map { ($0 << 1 | $0 >> top) & mask } : elements
        var planes = (0..<width).map { plane in turned.map { UInt8(truncatingIfNeeded: $0 >> UInt64(8 * plane)) } }
        planes[0] += remainder
        return planes
    }

    func delta(_ filter: DeltaCodec.Filter) -> [UInt8] {
        var previous: UInt64 = 0
        let filtered = elements.map { element -> UInt64 in
            defer { previous = element }
            let difference = (element &- previous) & mask
            switch filter {
            case .difference: return difference
            case .xor: return element ^ previous
            case .zigzag: return difference > mask / 2 ? 2 &* (mask - difference) + 1 : 2 * difference
            }
        }
        return bytes(filtered) + remainder
    }

    func sparse() -> [[UInt8]] {
        var bitmap = Array(repeating: UInt8(0), count: (elements.count + 7) / 8)
        for (index, element) in elements.enumerated() where element != 0 { bitmap[index / 8] |= 1 << (index % 8) }
        return [bytes(elements.filter { $0 != 0 }) + remainder, bitmap]
    }
}
