/// The contenders that no other one is better than in both size and speed.
package enum ParetoFront {
    /// Marks the rows of each group that are on it. Commands and peers are one group: both go from file to file. What runs in memory is
    /// compared with its like.
    package static func mark(_ rows: inout [Comparison.Row]) {
        for isMemory in [true, false] {
            let group = rows.indices.filter { (rows[$0].kind == .memory) == isMemory }
            let compression = members(group.map { (rows[$0].packedSize, rows[$0].compression.seconds.median) })
            let decompression = members(group.map { (rows[$0].packedSize, rows[$0].decompression.seconds.median) })
            for (position, index) in group.enumerated() {
                rows[index].isOnCompressionFront = compression[position]
                rows[index].isOnDecompressionFront = decompression[position]
            }
        }
    }

    /// Whether each point is on the front: no other is at least as small and as quick, and better in one of them.
    /// - Parameter points: size, and seconds; one without seconds is on no front.
    package static func members(_ points: [(size: Int, seconds: Double?)]) -> [Bool] {
        points.map { point in
            guard let seconds = point.seconds else { return false }
            return !points.contains { other in
                guard let others = other.seconds, other.size <= point.size, others <= seconds else { return false }
                return other.size < point.size || others < seconds
            }
        }
    }
}
