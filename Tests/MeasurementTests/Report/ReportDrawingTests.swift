import TestSupport
import Testing

@testable import Measurement

@Suite struct ScaleTests {
    @Test func placesFigures() {
        let linear = Scale(0...10, from: 100, to: 0)
        #expect([0, 5, 10].map { linear($0) } == [100, 50, 0])
        let logarithmic = Scale(1...1024, from: 0, to: 10, isLogarithmic: true)
        #expect([1, 32, 1024].map { logarithmic($0) } == [0, 5, 10])
        #expect(logarithmic.samples(3, in: 1...16) == [1, 4, 16])
    }

    @Test(arguments: [false, true])
    func ticksAreInsideAndFew(_ isLogarithmic: Bool) throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for _ in 0..<400 {
            let low = Double(random.next() % 100_000 + 1) / 1000
            let high = low * (1 + Double(random.next() % 5000) / (random.next() % 2 == 0 ? 7 : 1000))
            let domain = try #require(Scale.domain(of: [low, high], isLogarithmic: isLogarithmic))
            #expect(domain.contains(low) && domain.contains(high))
            let ticks = Scale(domain, from: 0, to: 100, isLogarithmic: isLogarithmic).ticks(limit: 7)
            #expect(ticks == ticks.sorted())
            #expect(ticks.allSatisfy(domain.contains), "\(ticks) in \(domain), seed \(SplitMix64.runSeed)")
            #expect(ticks.count <= 8)
            if !isLogarithmic || high > 2 * low { #expect(ticks.count >= 2, "\(ticks) in \(domain), seed \(SplitMix64.runSeed)") }
            #expect(Set(Numerals.ticks(ticks)).count == ticks.count, "no two ticks read the same")
        }
    }

    @Test func hasNoDomainWithoutFigures() {
        #expect(Scale.domain(of: [.nan, .infinity]) == nil)
        #expect(Scale.domain(of: [0, -1], isLogarithmic: true) == nil)
        #expect(Scale.domain(of: [5, 5]).map { $0.lowerBound < 5 && $0.upperBound > 5 } == true)
    }
}

@Suite struct LabelPlacementTests {
    private let bounds = Box(x: 0, y: 0, width: 560, height: 360)

    private func placed(_ points: [(Double, Double, String)], importance: (Int) -> Int = { _ in 0 }) -> [Box?] {
        let labels = points.enumerated().map {
            LabelPlacement.Label(x: $1.0, y: $1.1, text: $1.2, importance: importance($0))
        }
        return LabelPlacement(labels: labels, bounds: bounds, obstacles: []).placed()
    }

    @Test func namesDoNotCoverEachOtherOrPoints() {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for crowd in [2, 10, 25, 45] {
            let points = (0..<crowd).map { (index: Int) -> (Double, Double, String) in
                (Double(random.next() % 520 + 20), Double(random.next() % 320 + 20), String(repeating: "x", count: 5 + index % 9))
            }
            let boxes = placed(points)
            let kept = boxes.compactMap(\.self)
            #expect(kept.count >= crowd / 2, "most of \(crowd) names have room, seed \(SplitMix64.runSeed)")
            for (index, box) in kept.enumerated() {
                #expect(box.overlap(bounds) >= box.width * box.height - 1)
                #expect(kept[..<index].allSatisfy { $0.overlap(box) < 10 })
                #expect(points.allSatisfy { Box.around($0.0, $0.1, radius: 6).overlap(box) < 10 })
            }
        }
    }

    @Test func keepsAllNamesThatHaveRoom() {
        let points = (0..<12).map { (index: Int) -> (Double, Double, String) in
            (Double(30 + 180 * (index % 3)), Double(30 + 80 * (index / 3)), "zstd -\(index)")
        }
        let boxes = placed(points)
        #expect(boxes.allSatisfy { $0 != nil })
    }

    @Test func leavesOutTheLeastImportant() {
        let boxes = placed((0..<60).map { _ in (280, 180, "same place") }) { $0 == 41 ? 2 : 0 }
        #expect(boxes[41] != nil)
        #expect(boxes.contains { $0 == nil })
    }
}

@Suite struct NumeralsTests {
    @Test func groupsThousands() {
        #expect(Numerals.fixed(1_234_567.89, 1) == "1\u{202F}234\u{202F}567.9")
        #expect(Numerals.fixed(999.5, 0) == "1\u{202F}000")
        #expect(Numerals.fixed(-12.34, 1) == "−12.3")
        #expect(Numerals.fixed(.nan, 2) == "–")
    }

    @Test func keepsThreeDigits() {
        #expect(
            [0, 0.01234, 0.5, 1.005, 12.34, 99.96, 480.4, 1234].map(Numerals.short) == [
                "0", "0.0123", "0.500", "1.00", "12.3", "100", "480", "1\u{202F}234",
            ])
        #expect(Numerals.speed(1.25e9) == "1.25 GB/s")
        #expect(Numerals.speed(820e6) == "820 MB/s")
        #expect(Numerals.size(512) == "512 B")
        #expect(Numerals.size(186_000_000) == "177 MiB")
        #expect([65_536, 1_048_576, 1000].map(Numerals.roundSize) == ["64 KiB", "1 MiB", "1000 B"])
        #expect([0.05, 0.994, 1].map(Numerals.percent) == ["5.0 %", "99 %", "100 %"])
    }

    @Test func givesTicksTheDecimalsThatTheyNeed() {
        #expect(Numerals.ticks([0.15, 0.2, 0.3]) == ["0.15", "0.20", "0.30"])
        #expect(Numerals.ticks([0.5, 1, 10, 100]) == ["0.5", "1", "10", "100"])
        #expect(Numerals.ticks([]) == [])
    }
}

@Suite struct MarkupTests {
    @Test func escapesAndShowsTheInvisible() {
        #expect(Markup.escaped("a<b>&\"'") == "a&lt;b&gt;&amp;&quot;&#39;")
        #expect(Markup.escaped("\0\t\n\u{1B}\u{7F}") == "\u{2400}\u{2409}\u{240A}\u{241B}\u{2421}")
        #expect(Markup.escaped("\r\n") == "\u{240D}\u{240A}", "one character, two scalars")
        #expect(Markup.escaped("\u{85}\u{202E}\u{2066}\u{FEFF}\u{200B}") == String(repeating: "\u{FFFD}", count: 5))
        #expect(Markup.escaped("Grüße 東京 👍") == "Grüße 東京 👍")
    }
}
