#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Testing

@testable import Measurement

/// How often a text holds another one.
private func count(_ part: String, in text: String) -> Int {
    text.withCString { text in
        var (found, rest) = (0, text)
        while let start = strstr(rest, part) {
            found += 1
            rest = UnsafePointer(start) + 1
        }
        return found
    }
}

/// What is wrong with the nesting of a document's elements; nil: nothing.
private func nestingFault(_ document: String) -> String? {
    var open: [String] = []
    for piece in document.split(separator: "<").dropFirst() {
        guard let end = piece.firstIndex(of: ">") else { return "a tag does not end: \(piece.prefix(60))" }
        let tag = piece[..<end]
        let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "!" })
        if tag.hasPrefix("/") {
            guard open.popLast() == name else { return "</\(name)> closes something else" }
        } else if !tag.hasSuffix("/"), name != "meta", name != "!", !tag.hasPrefix("!") {
            open.append(name)
        }
    }
    return open.isEmpty ? nil : "open at the end: \(open)"
}

@Suite struct HTMLReportTests {
    private static let shared = HTMLReport.document(SampleComparison.files)
    private static let plain = HTMLReport.document([(name: "plain", comparison: SampleComparison.full)])
    private var document: String { Self.shared }

    /// For Tests/check-report, which shows it in a browser.
    @Test func isWrittenWhereAsked() throws {
        guard let path = getenv("BALE_REPORT_FILE") else { return }
        let file = try #require(fopen(path, "w"))
        #expect(fputs(document, file) >= 0)
        #expect(fclose(file) == 0)
    }

    @Test func nestsItsElements() {
        // The script holds comparisons and arrows, which are no tags.
        let markup = document.split(separator: ReportScript.text).joined()
        #expect(nestingFault(String(markup)) == nil)
        #expect(nestingFault("<p><b></p></b>") != nil)
    }

    @Test func keepsMarkupInNamesText() {
        #expect(count("<script", in: document) == 1)
        #expect(count("</script", in: document) == 1)
        #expect(count("<img", in: document) == 0)
        #expect(count("&lt;img src=x onerror=alert(1)&gt;\u{241B}[31m\u{FFFD}gpj.exe", in: document) >= 2, "title and heading")
        #expect(count("flights &amp; &lt;delays&gt; &quot;2013&quot;.csv", in: document) >= 2)
        #expect(document.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x202E })
    }

    @Test(arguments: ["http:", "https:", "//", "url(", "@import", "src=", "<link", "<base", "<form", "<iframe", "fetch(", "style=\""])
    func needsNoNetwork(_ part: String) {
        // A name may hold anything; those of this comparison hold none of these.
        #expect(count(part, in: Self.plain) == 0)
    }

    @Test func marksBaselineFrontsAndWorkInMemory() {
        let document = Self.plain
        let rows = SampleComparison.full.rows
        #expect(count("<circle class=\"ring\"", in: document) == 4, "two charts, each in two widths")
        #expect(count("class=\"badge\">baseline", in: document) == 1)
        #expect(count("<polyline class=\"front\"", in: document) == 4)
        #expect(count("<polyline class=\"front memory\"", in: document) == 4)
        let fronts = rows.count { $0.isOnCompressionFront } + rows.count { $0.isOnDecompressionFront }
        #expect(count("aria-label=\"on the Pareto front\"", in: document) == fronts)
        // Two charts in two widths, and the sign in the table.
        #expect(count("class=\"point mark c0 hollow\"><title>memory", in: document) == 4 * rows.count { $0.kind == .memory })
    }

    @Test func showsPredictionsWithTheirAssumptions() {
        #expect(count("64, predicted", in: document) == 1)
        #expect(count("128, predicted", in: document) == 1)
        for assumption in SampleComparison.full.scaling!.assumptions {
            #expect(count(Markup.escaped(assumption), in: document) == 1)
        }
    }

    @Test func foretellsOnlyBeyondWhatWasMeasured() {
        var comparison = SampleComparison.full
        comparison.scaling?.points.append(.init(threads: 96, compressionSpeed: 2e10, decompressionSpeed: 2e10))
        let document = HTMLReport.document([(name: "plain", comparison: comparison)])
        #expect(count("64, predicted", in: document) == 0)
        #expect(count("128, predicted", in: document) == 1)
    }

    @Test func saysHowManyRunsThereWere() {
        var comparison = SampleComparison.full
        #expect(count("medians of 5 interleaved runs", in: Self.plain) == 1)
        comparison.runs = 9
        comparison.rows[3].decompression.seconds = Timings([1, 2])
        #expect(count("medians of 2 to 9 interleaved runs", in: HTMLReport.document([(name: "plain", comparison: comparison)])) == 1)
    }

    @Test func namesAbsencesAndObjections() {
        #expect(count("7zz is not on the PATH: apt-get install 7zip", in: document) == 1)
        #expect(count("ended with status 1: &quot;no space&quot; &amp; nothing else", in: document) == 1)
        #expect(count("<span class=\"badge failure\">failed</span>", in: document) == 2)
        #expect(count("work in memory &lt;sends&gt; nothing", in: document) == 6)
    }

    @Test func hasAWayToEachOfSeveralFiles() {
        for index in 1...3 {
            #expect(count("href=\"#file-\(index)\"", in: document) == 1)
            #expect(count("<article id=\"file-\(index)\">", in: document) == 1)
        }
        #expect(count("<nav", in: Self.plain) == 0)
        #expect(nestingFault(HTMLReport.document([]).split(separator: ReportScript.text).joined()) == nil)
    }
}

/// Figures that no run should give, which must neither stop the report nor show as "nan".
@Suite struct HTMLReportEdgeTests {
    private func row(_ index: Int, rawSize: Int, packedSize: Int, seconds: [Double]) -> Comparison.Row {
        let step = Comparison.Step(seconds: Timings(seconds), processorSeconds: Timings(seconds), speedOverBaseline: .nan)
        var row = Comparison.Row(
            name: "row \(index)", kind: Comparison.Kind.allCases[index % 3], tool: "tool \(index % 30)", setting: "\(index)", threads: 1,
            rawSize: rawSize, packedSize: packedSize, compression: step, decompression: step)
        row.isOnCompressionFront = true
        return row
    }

    private func document(_ rows: [Comparison.Row], change: (inout Comparison) -> Void = { _ in }) -> String {
        var comparison = SampleComparison.bare
        comparison.rows = rows
        change(&comparison)
        let text = HTMLReport.document([(name: "edge", comparison: comparison)])
        return text.split(separator: ReportScript.text).joined()
    }

    private func expectSound(_ document: String) {
        #expect(nestingFault(document) == nil)
        for word in ["nan", "inf", "-0\""] { #expect(count(">\(word)", in: document) == 0 && count("\"\(word)", in: document) == 0) }
    }

    @Test func survivesSizesAndTimesOfNothing() {
        expectSound(document([row(0, rawSize: 0, packedSize: 0, seconds: [0])]))
        expectSound(document([row(1, rawSize: 0, packedSize: 5, seconds: [])]))
        expectSound(document([row(2, rawSize: 100, packedSize: 0, seconds: [0.1]), row(3, rawSize: 100, packedSize: 0, seconds: [0.1])]))
        expectSound(document([row(4, rawSize: .max, packedSize: .max, seconds: [1e-9, 1e9])]))
    }

    @Test func survivesPointsOnOnePlace() {
        expectSound(document((0..<40).map { row($0, rawSize: 1000, packedSize: 500, seconds: [0.5]) }))
    }

    @Test func survivesModelsOfNothing() {
        expectSound(
            document([]) { comparison in
                let model = ThreadScaling.Model(serialSeconds: 0, parallelSeconds: 0, error: nil)
                comparison.scaling = ThreadScaling(
                    setting: "lz4", points: [.init(threads: 1, compressionSpeed: .nan, decompressionSpeed: 0)], compression: model,
                    decompression: model, serialMicrosecondsPerBlock: nil, assumptions: [])
                comparison.curve = ScalingCurve(series: [
                    .init(name: "none", points: [], fit: nil),
                    .init(
                        name: "steep", points: [.init(size: 65_536, remainder: 0)],
                        fit: .init(limit: 0, scale: .infinity, exponent: 900, error: .nan)),
                ])
                comparison.advice = [
                    Advice(
                        goal: .store, unit: "s", explanation: "",
                        costs: [.init(row: "row", total: .infinity, parts: [.init(name: "write", value: .infinity)], objection: "<slow>")])
                ]
            })
    }

    @Test func saysWhenNothingSuits() {
        let document = document([]) {
            $0.advice = [
                Advice(
                    goal: .realtime(bytesPerSecond: 5e8), unit: "GB", explanation: "why",
                    costs: [.init(row: "row", total: 1, parts: [], objection: "too slow")])
            ]
        }
        #expect(count("Nothing measured suits keeping up with 500 MB/s", in: document) == 1)
        #expect(count("too slow", in: document) == 1)
        #expect(count("No contender gave any figures.", in: document) == 1)
    }
}
