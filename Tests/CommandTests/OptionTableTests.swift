import Testing

@testable import BaleCommand

/// The table is what the parser, the help, the manual page and the completions are made from.
@Suite struct OptionTableTests {
    @Test func namesAreUnique() {
        let long = OptionTable.all.flatMap { $0.long + ($0.isNegatable ? $0.long.map { "no-\($0)" } : []) }
        let short = OptionTable.all.flatMap(\.short)
        #expect(Set(long).count == long.count)
        #expect(Set(short).count == short.count)
    }

    @Test func valuesHaveNames() {
        for spec in OptionTable.all { #expect((spec.value == .none) == spec.valueName.isEmpty, "\(spec.long)") }
    }

    @Test func everyVerbIsDescribed() {
        #expect(VerbDescription.all.map(\.verb) == Verb.allCases)
    }

    @Test func helpFitsATerminal() {
        let texts = [HelpText.general] + Verb.allCases.map(HelpText.verb)
        for line in texts.joined().split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test func everythingShownIsInEveryText() {
        for spec in OptionTable.all where !spec.isHidden {
            for name in spec.typedLong {
                #expect(BashCompletion.text.contains(name), "\(name)")
                #expect(ZshCompletion.text.contains(name), "\(name)")
                #expect(FishCompletion.text.contains("-l \(name.dropFirst(2))"), "\(name)")
            }
            for name in spec.shownLong {
                #expect(HelpText.general.contains(name), "\(name)")
                #expect(
                    ManualPage.text.contains(name.split(separator: "-", omittingEmptySubsequences: false).joined(separator: "\\-")),
                    "\(name)")
            }
        }
    }

    @Test func hiddenOptionsAreInNone() {
        for text in [HelpText.general, ManualPage.text, BashCompletion.text, ZshCompletion.text, FishCompletion.text] {
            #expect(!text.contains("generate"))
        }
    }
}

@Suite struct ExitStatusTests {
    @Test func theWorstOfSeveralCounts() {
        let order: [BaleCommand.ExitStatus] = [.success, .incomplete, .environment, .damaged, .internalError]
        for (better, lower) in order.enumerated() {
            for (worse, upper) in order.enumerated() where worse >= better {
                var merged = lower
                merged.merge(upper)
                #expect(merged == upper)
                merged = upper
                merged.merge(lower)
                #expect(merged == upper)
            }
        }
    }
}
