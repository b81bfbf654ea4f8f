/// A match as the lazy parser weighs it.
///
/// The gain is in bits, roughly: four for a matched byte, as most bytes could be matched some other way too, less one for each
/// doubling of a new distance. Better estimates of the coder's prices did not make smaller files than this.
package struct LazyMatch {
    package private(set) var gain = 0
    /// 0 when there is no match.
    package private(set) var length = 0
    package private(set) var distance = 1

    @inline(__always)
    package init() {}

    /// What a new distance costs; repeated ones cost nothing.
    @inline(__always)
    package static func price(_ distance: Int) -> Int { 63 &- distance.leadingZeroBitCount }

    /// Becomes this match if it gains more.
    @inline(__always)
    package mutating func offer(_ length: Int, _ distance: Int, price: Int) {
        let gain = 4 &* length &- price
        if gain <= self.gain { return }
        self.gain = gain
        self.length = length
        self.distance = distance
    }
}

/// Counts what a search costs, for tests that hold it against a bound. Parsing proper uses ``NoMeter``, which compiles to nothing.
package protocol SearchMeter {
    /// - Parameter steps: Candidates, words of text compared, or positions inserted.
    mutating func add(_ steps: Int)
}

package struct NoMeter: SearchMeter {
    @inline(__always)
    package init() {}
    @inline(__always)
    package mutating func add(_ steps: Int) {}
}
