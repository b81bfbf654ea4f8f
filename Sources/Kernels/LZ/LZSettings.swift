/// What a parser is told: one value type for all of them, so that a level is a row of figures. A parser reads the fields that it
/// documents and ignores the others. None is on the wire but ``minimumMatch``.
package struct LZSettings: Equatable, Sendable {
    /// The shortest match that the streams can hold, 3...8 bytes. Parsers may look for longer ones only, but use no shorter ones.
    package var minimumMatch = 4
    /// Base-2 logarithm of the number of entries in the (first, or short) hash table.
    package var hashLogarithm = 15
    /// As ``hashLogarithm``, for the table of longer matches.
    package var longHashLogarithm = 16
    /// How many input bytes the (first, or short) hash covers.
    package var hashedBytes = 6
    /// Candidates that are looked at for one position.
    package var searchDepth = 1
    /// Positions that a found match is held back for, in case a later one gives a better match: 0 greedy, 1, 2.
    package var lazySteps = 0
    /// A match of this many bytes is taken at once.
    package var targetLength = 64
    /// The least step between positions that are looked at, 1 for each position.
    package var acceleration = 1
    /// How often an optimal parse is searched for, each time with the prices that the last one found.
    package var passes = 1
    /// Whether long repeats are looked for in the whole block first, which the parser then takes.
    package var findsLongMatches = false

    package init() {}
}
