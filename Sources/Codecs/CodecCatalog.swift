package import Format
internal import Kernels

/// One codec as the rest of the program knows it.
package struct CodecEntry: Sendable {
    package let id: CodecID
    package let name: String
    /// The decoder for parameters from a file.
    package let makeCodec: @Sendable (_ parameters: [UInt8]) throws(CodecError) -> Pipeline.Root
    /// Pipelines that together reach all of the codec's encoder settings and, for a branch, typical children. The
    /// inherited tests run each of them.
    package var examples: [Pipeline] { makeExamples() }
    private let makeExamples: @Sendable () -> [Pipeline]

    init<Coder: LeafCodec>(_: Coder.Type, examples: @autoclosure @escaping @Sendable () -> [Pipeline]) {
        id = Coder.id
        name = Coder.name
        makeCodec = { parameters throws(CodecError) in .leaf(try Coder(parameters: parameters)) }
        makeExamples = examples
    }

    init<Coder: BranchCodec>(_: Coder.Type, examples: @autoclosure @escaping @Sendable () -> [Pipeline]) {
        id = Coder.id
        name = Coder.name
        makeCodec = { parameters throws(CodecError) in .branch(try Coder(parameters: parameters)) }
        makeExamples = examples
    }
}

/// Every codec that this build has. A codec enters the program here and nowhere else.
package enum CodecCatalog {
    package static let entries: [CodecEntry] = {
        var entries = [
            CodecEntry(StoredCodec.self, examples: [Pipeline(StoredCodec())]),
            CodecEntry(ConstantCodec.self, examples: [Pipeline(ConstantCodec())]),
            CodecEntry(RunLengthCodec.self, examples: runLengthExamples),
            CodecEntry(HuffmanCodec.self, examples: [.every(1 << 17), .every(1 << 14), .byContent].map { Pipeline(HuffmanCodec($0)) }),
            CodecEntry(PlanesCodec.self, examples: planesExamples),
            CodecEntry(DeltaCodec.self, examples: deltaExamples),
            CodecEntry(SparseCodec.self, examples: sparseExamples),
            CodecEntry(LZCodec.self, examples: lzExamples),
            CodecEntry(CallsCodec.self, examples: callsExamples),
        ]
        #if Zlib
            entries.append(CodecEntry(DeflateCodec.self, examples: [1, 3, 6, 9].map { Pipeline(DeflateCodec(level: $0)) }))
        #endif
        #if LZ4
            entries.append(CodecEntry(LZ4Codec.self, examples: lz4Examples))
        #endif
        return entries
    }()

    /// Children that shrink their streams, that do not, and that branch again.
    private static var runLengthExamples: [Pipeline] {
        let stored = Pipeline(StoredCodec())
        let huffman = Pipeline(HuffmanCodec())
        return [
            Pipeline(RunLengthCodec(), [huffman, huffman]),
            Pipeline(RunLengthCodec(), [stored, Pipeline(RunLengthCodec(), [stored, huffman])]),
        ]
    }

    private static var planesExamples: [Pipeline] {
        [(ElementWidth.two, true), (.four, false), (.eight, true)].map { width, isRotated in
            // Stored and coded planes side by side.
            let planes = (0..<width.rawValue).map { $0 % 2 == 0 ? Pipeline(StoredCodec()) : Pipeline(HuffmanCodec()) }
            return Pipeline(PlanesCodec(width: width, isRotated: isRotated), planes)
        }
    }

    private static var deltaExamples: [Pipeline] {
        [(ElementWidth.one, DeltaCodec.Filter.zigzag), (.two, .difference), (.eight, .xor)].map { width, filter in
            Pipeline(DeltaCodec(width: width, filter: filter), [Pipeline(HuffmanCodec())])
        }
    }

    private static var sparseExamples: [Pipeline] {
        let huffman = Pipeline(HuffmanCodec())
        let planes = Pipeline(PlanesCodec(width: .four, isRotated: true), Array(repeating: huffman, count: 4))
        return [
            Pipeline(SparseCodec(width: .one), [huffman, Pipeline(StoredCodec())]),
            Pipeline(SparseCodec(width: .four), [planes, Pipeline(ConstantCodec())]),
        ]
    }

    /// Both kinds of children, the shortest and longest minimum match, and the parsers.
    private static var lzExamples: [Pipeline] {
        let stored = Pipeline(StoredCodec())
        let coded = Pipeline(HuffmanCodec(.byContent))
        let typical = [Pipeline(HuffmanCodec()), coded, coded, coded, stored, coded, coded]
        var longMatches = LZSettings()
        longMatches.minimumMatch = 8
        return [
            Pipeline(LZCodec(), typical),
            Pipeline(LZCodec(longMatches), Array(repeating: stored, count: 7)),
            Pipeline(LZCodec(parser: .doubleHash), typical),
            Pipeline(LZCodec(parser: .lazy), typical),
            Pipeline(LZCodec(parser: .optimal), typical),
        ]
    }

    private static var callsExamples: [Pipeline] {
        CallsCodec.Architecture.allCases.map { Pipeline(CallsCodec($0), [Pipeline(HuffmanCodec())]) }
    }

    #if LZ4
        private static var lz4Examples: [Pipeline] {
            let efforts: [LZ4Codec.Effort] = [.fast(acceleration: 1), .fast(acceleration: 8), .high(level: 3), .high(level: 12)]
            return efforts.map { Pipeline(LZ4Codec($0)) }
        }
    #endif

    /// The codec with this wire number, or nil when this build does not have it.
    package static func entry(for id: CodecID) -> CodecEntry? { entries.first { $0.id == id } }

    /// The codec with this name, or nil when this build does not have it.
    package static func entry(named name: String) -> CodecEntry? { entries.first { $0.name == name } }
}
