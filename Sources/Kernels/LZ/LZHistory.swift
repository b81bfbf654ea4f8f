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

    package init(first: UInt32, second: UInt32, third: UInt32) {
        self.first = first
        self.second = second
        self.third = third
    }

    /// Moves `distance` to the front; the others keep their order and, when it is a new one, the third falls out.
    ///
    /// - Returns: how a token gives the distance: 0 as a new one, else 1, 2 or 3 by its place.
    @inline(__always)
    package mutating func use(_ distance: UInt32) -> Int {
        // By masks: the compiler makes branches of choices here, and nobody can predict them.
        let isFirst: UInt32 = distance == first ? 1 : 0
        let isSecond: UInt32 = distance == second ? 1 : 0
        let isThird: UInt32 = distance == third ? 1 : 0
        let isRecent = isFirst | isSecond
        third ^= (third ^ second) & (isRecent &- 1)
        second ^= (second ^ first) & (isFirst &- 1)
        first = distance
        return Int(isFirst | (isSecond & ~isFirst) &<< 1 | (isThird & ~isRecent) &* 3)
    }

    /// What a token means: the distance in this place, or `new` for place 0. Moves it to the front.
    @inline(__always)
    package mutating func take(_ place: Int, new: UInt32) -> UInt32 {
        let old = place == 1 ? first : place == 2 ? second : third
        let distance = place == 0 ? new : old
        third = place == 1 || place == 2 ? third : second
        second = place == 1 ? second : first
        first = distance
        return distance
    }
}
