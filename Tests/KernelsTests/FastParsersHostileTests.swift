import Kernels
import TestSupport
import Testing

/// A sequence of `count` bytes of `symbols` values in which no word of `order` symbols comes twice, as long as it lasts.
private func deBruijn(_ symbols: Int, _ order: Int, _ count: Int) -> [UInt8] {
    // Source: Fredricksen and Maiorana, "Necklaces of beads in k colors and k-ary de Bruijn sequences", 1978.
    var word = Array(repeating: 0, count: symbols * order)
    var output: [UInt8] = []
    func extend(_ at: Int, _ period: Int) {
        if output.count >= count { return }
        if at > order {
            if order % period == 0 { output += word[1...period].map { UInt8($0) } }
            return
        }
        word[at] = word[at - period]
        extend(at + 1, period)
        for symbol in stride(from: word[at - period] + 1, to: symbols, by: 1) {
            word[at] = symbol
            extend(at + 1, at)
        }
    }
    extend(1, 1)
    return Array(output.prefix(count))
}

@Suite("fast and double hash parsers on hostile input")
struct FastParsersHostileTests {
    private static let inputs: [(String, [UInt8])] = {
        let noise = SampleInput.random.bytes(30_000)
        let periods = (2...64).map { period in ("period \(period)", (0..<10_000).map { noise[$0 % period] }) }
        return periods + [
            ("one byte", Array(repeating: 7, count: 60_000)),
            ("de Bruijn", deBruijn(4, 8, 60_000)), ("de Bruijn of bytes", deBruijn(200, 2, 40_000)),
            ("a long repeat", noise + noise), ("random", noise), ("text", SampleInput.text.bytes(60_000)),
        ]
    }()

    @Test("sequences expand to the input", arguments: FastParsersCase.allCases)
    func expands(parser: FastParsersCase) {
        for (name, content) in Self.inputs {
            let sequences = parser.parse(content)
            #expect(expand(sequences, content, shortest: parser.settings.minimumMatch) == content, "\(name)")
        }
    }

    @Test("noise has no matches", arguments: FastParsersCase.allCases)
    func noise(parser: FastParsersCase) {
        #expect(parser.parse(SampleInput.random.bytes(100_000)).count < 10)
    }
}
