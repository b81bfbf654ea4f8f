extension Pipeline {
    /// What match finders of this pipeline take from the arena for a block of `count` bytes, beside what every branch takes for its
    /// streams: the one with most of them above each other.
    package func matchScratch(_ count: Int) -> Int {
        let own = (codec as? LZCodec)?.splittingScratch(count) ?? 0
        return own + (children.map { $0.matchScratch(count) }.max() ?? 0)
    }
}
