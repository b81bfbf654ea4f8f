/// A small seeded generator (SplitMix64; Steele, Lea, Flood 2014).
struct HuffmanRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Counts of `symbols` of the 256 symbols, spread over `octaves` powers of two.
    mutating func counts(symbols: Int, octaves: UInt64) -> [UInt32] {
        var counts = (0..<symbols).map { _ in 1 + UInt32(next() % (1 << (next() % octaves))) }
        counts += Array(repeating: 0, count: 256 - symbols)
        counts.shuffle(using: &self)
        return counts
    }
}
