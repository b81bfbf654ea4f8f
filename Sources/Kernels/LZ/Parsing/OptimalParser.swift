/// The parser of the top levels: all matches from binary trees, and the cheapest way through them at the coder's prices.
///
/// It works region by region. A region's matches are found once and kept; then paths are searched through them, first with the prices
/// that the regions before it suggest, then (`passes` times in all) with those of the path that the last search found. A match of
/// `targetLength` bytes or more is taken as it is, to its full length, and what it covers is not searched: so a region is made of
/// segments with such matches between them.
///
/// Settings: `minimumMatch` (3 looks for short near matches too), `hashLogarithm`, `searchDepth`, `targetLength` (no more than ``longestTarget``),
/// `passes`.
package enum OptimalParser {
    /// What a parse took, for those who test that no input takes unduly much.
    package struct Work: Equatable, Sendable {
        /// Nodes of the trees that were compared, and one for each 128 bytes compared there.
        package var nodes = 0
        /// Lengths of matches that were priced.
        package var lengths = 0

        package init(nodes: Int = 0, lengths: Int = 0) {
            self.nodes = nodes
            self.lengths = lengths
        }
    }

    /// Prices of all lengths below this one are in one table.
    package static let longestTarget = 256

    package static func workspaceSize(_ settings: LZSettings, count: Int) -> Int {
        OptimalRegions.workspaceSize(settings) + BinaryTree.workspaceSize(settings, count: count)
    }

    /// Preconditions: 128 bytes behind the input may be read; `workspace` has `workspaceSize(_:count:)` bytes, 64-byte aligned;
    /// room for `count / minimumMatch + 1` sequences; `count < 2^31`.
    ///
    /// - Returns: the number of sequences. The bytes behind the last match are literals.
    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer,
        sequences: UnsafeMutablePointer<LZSequence>
    ) -> Int {
        var work = Work()
        return parse(input, count, settings: settings, workspace: workspace, sequences: sequences, work: &work)
    }

    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer,
        sequences: UnsafeMutablePointer<LZSequence>, work: inout Work
    ) -> Int {
        let treeSpace = workspace + OptimalRegions.workspaceSize(settings)
        var tree = BinaryTree(input, count, settings: settings, workspace: treeSpace)
        var regions = OptimalRegions(input, count, settings: settings, workspace: workspace)
        var written = 0
        while regions.end < count {
            regions.find(&tree)
            written = written &+ regions.parse(into: sequences + written)
        }
        work = Work(nodes: tree.nodesVisited, lengths: regions.lengthsPriced)
        return written
    }
}
