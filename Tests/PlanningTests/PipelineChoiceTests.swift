import Codecs
import Planning
import Testing

@Suite struct PipelineChoiceTests {
    private let settings = EncoderSettings(forcedAtLevel: 3)

    @Test(arguments: ["stored", "runlength(huffman,deflate)", "a(b(c,d),e(f))", "lz4hc", "planes2r(stored,huffman)"])
    func expressionsRoundTrip(_ expression: String) throws {
        #expect(try PipelineChoice(parsing: expression).expression == expression)
    }

    @Test(arguments: [("", 0), ("(", 0), ("a(", 2), ("a()", 2), ("a(b", 3), ("a(b,)", 4), ("a(b))", 4), ("a b", 1), ("A", 0), ("a,b", 1)])
    func syntaxErrorsTellThePlace(_ expression: String, _ offset: Int) {
        #expect(throws: PipelineChoiceError.syntax(expression: expression, offset: offset)) { try PipelineChoice(parsing: expression) }
    }

    @Test func depthIsLimited() throws {
        #expect(try PipelineChoice(parsing: "a(a(a(a)))").expression == "a(a(a(a)))")
        #expect(throws: PipelineChoiceError.tooDeep(limit: 4)) { try PipelineChoice(parsing: "a(a(a(a(a))))") }
        let long = String(repeating: "a(", count: 100_000)
        #expect(throws: PipelineChoiceError.tooDeep(limit: 4)) { try PipelineChoice(parsing: long) }
    }

    @Test func unknownNamesAndChildrenAreRefused() {
        #expect(throws: PipelineChoiceError.unknownName("zip")) { try PipelineChoice(parsing: "zip").pipeline(settings) }
        #expect(throws: PipelineChoiceError.wrongChildren(name: "stored", expected: 0, found: 1)) {
            try PipelineChoice(parsing: "stored(stored)").pipeline(settings)
        }
    }

    @Test(arguments: [
        ("planes2r", "planes2r(huffman,huffman)"), ("planes2r(stored,huffman)", "planes2r(stored,huffman)"),
        ("planes4(huffman)", "planes4(huffman,huffman,huffman,huffman)"), ("delta1", "delta1(huffman)"),
        ("delta2z", "delta2z(planes2(huffman,huffman))"), ("xor4(stored)", "xor4(stored)"),
        ("sparse2", "sparse2(planes2r(huffman,huffman),huffman)"), ("runlength(huffman)", "runlength(huffman,huffman)"),
    ])
    func onePipelineServesAllStreams(_ expression: String, _ whole: String) throws {
        #expect(try PipelineChoice(parsing: expression).pipeline(settings).descriptor.expression == whole)
    }

    @Test func theNumberOfStreamsIsTheWidths() throws {
        for (name, width) in [("planes2", 2), ("planes4r", 4), ("planes8", 8)] {
            for count in 2...9 where count != width {
                let expression = "\(name)(\(Array(repeating: "stored", count: count).joined(separator: ",")))"
                #expect(throws: PipelineChoiceError.wrongChildren(name: name, expected: width, found: count)) {
                    try PipelineChoice(parsing: expression).pipeline(settings)
                }
            }
        }
        #expect(throws: PipelineChoiceError.wrongChildren(name: "delta2", expected: 1, found: 2)) {
            try PipelineChoice(parsing: "delta2(stored,stored)").pipeline(settings)
        }
    }

    /// A block header has 255 bytes for the description: twice 64 codecs do not fit.
    @Test func whatNoBlockHeaderCanHoldIsRefused() throws {
        _ = try PipelineChoice(parsing: "planes8(planes8(huffman))").pipeline(settings)
        #expect(throws: PipelineChoiceError.tooLarge(limit: 255)) {
            try PipelineChoice(parsing: "planes8(planes8(delta1))").pipeline(settings)
        }
    }

    @Test(arguments: PipelineCatalog.entries.map(\.name))
    func everyNameMakesAPipelineThatTheCatalogueDecodes(_ name: String) throws {
        let pipeline = try PipelineChoice(parsing: name).pipeline(settings)
        #expect(CodecCatalog.entry(named: pipeline.name) != nil)
        #expect(PipelineCatalog.entry(named: name)?.summary.isEmpty == false)
    }
}
