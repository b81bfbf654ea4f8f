package import Kernels

/// A way to find matches: what it needs, and how it is called. All give the same sequences on every instruction set.
package struct LZParser: Sendable {
    /// The workspace in bytes for a number of input bytes.
    package let workspaceSize: @Sendable (LZSettings, Int) -> Int
    /// Whether it takes the long matches that were found beforehand. One that forgets no position of a block is better without them.
    package let takesLongMatches: Bool
    /// `(input, count, settings, workspace, sequences, long)`: fills `sequences`, which has room for `count / minimumMatch + 1`, and gives their
    /// number. 128 bytes behind the input can be read; what they hold does not change the result.
    package let parse: Parse

    package typealias Parse =
        @Sendable (
            UnsafePointer<UInt8>, Int, LZSettings, UnsafeMutableRawPointer, UnsafeMutablePointer<LZSequence>, LongMatches
        ) -> Int

    package init(
        workspaceSize: @escaping @Sendable (LZSettings, Int) -> Int, takesLongMatches: Bool = true, parse: @escaping Parse
    ) {
        self.workspaceSize = workspaceSize
        self.takesLongMatches = takesLongMatches
        self.parse = parse
    }

    package static let fast = LZParser(workspaceSize: { settings, _ in FastParser.workspaceSize(settings) }) {
        FastParser.parse($0, $1, settings: $2, workspace: $3, sequences: $4, long: $5)
    }

    package static let doubleHash = LZParser(workspaceSize: { settings, _ in DoubleHashParser.workspaceSize(settings) }) {
        DoubleHashParser.parse($0, $1, settings: $2, workspace: $3, sequences: $4, long: $5)
    }

    package static let lazy = LZParser(workspaceSize: { settings, _ in LazyParser.workspaceSize(settings) }) {
        LazyParser.parse($0, $1, settings: $2, workspace: $3, sequences: $4, long: $5)
    }

    package static let optimal = LZParser(
        workspaceSize: { settings, count in OptimalParser.workspaceSize(settings, count: count) }, takesLongMatches: false
    ) { input, count, settings, workspace, sequences, _ in
        OptimalParser.parse(input, count, settings: settings, workspace: workspace, sequences: sequences)
    }
}
