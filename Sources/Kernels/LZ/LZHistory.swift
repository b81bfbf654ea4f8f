/// The last three distances, most recent first, as the writer, the reader and the parsers' prices follow them.
package struct LZHistory: Equatable, Sendable {
    package var first: UInt32
    package var second: UInt32
    package var third: UInt32

    /// What a block begins with.
    @inline(__always)
    package init() {
        first = 1
        second = 4
        third = 8
    }

    /// Moves `distance` to the front; the others keep their order and, when it is a new one, the third falls out. Without branches.
    @inline(__always)
    package mutating func use(_ distance: UInt32) {
        third = distance == first || distance == second ? third : second
        second = distance == first ? second : first
        first = distance
    }
}
