import Codecs
import Planning
import Testing

@Suite struct PipelineChoiceTests {
    private let settings = EncoderSettings(forcedAtLevel: 3)

    @Test(arguments: ["stored", "runlength(huffman,deflate)", "a(b(c,d),e(f))", "lz4hc"])
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

    @Test(arguments: PipelineCatalog.entries.map(\.name))
    func everyNameMakesAPipelineThatTheCatalogueDecodes(_ name: String) throws {
        let pipeline = try PipelineChoice(parsing: name).pipeline(settings)
        #expect(CodecCatalog.entry(named: pipeline.name) != nil)
        #expect(PipelineCatalog.entry(named: name)?.summary.isEmpty == false)
    }
}
