/// The lengths of Huffman's code without a limit, from sorted weights with two queues.
///
/// Inner nodes are made by ascending weight, so both queues are arrays. Depths of inner nodes, from the root down, tell how many
/// leaves each depth has; which leaves these are follows from the order of weights.
enum HuffmanLengths {
    static let workspaceSize = queueSize * 4 + 256 * 2
    private static let queueSize = 16 + 256 + 16

    /// Adds the length of each symbol to `lengths`, unless one is longer than `CodeLengths.maximum`.
    /// - Returns: the sum of weight times length, in bits, or nil: then `lengths` is untouched.
    static func assign(
        _ keys: UnsafePointer<UInt32>, _ weights: SymbolWeights, lengths: UnsafeMutablePointer<UInt8>,
        workspace: UnsafeMutableRawPointer
    ) -> Int? {
        let inner = workspace.assumingMemoryBound(to: UInt32.self)
        let parents = (workspace + queueSize &* 4).assumingMemoryBound(to: UInt16.self)
        let bits = merge(weights, inner, parents)
        let nodes = weights.count &- 1
        // A parent is made after its children and is not deeper: depths replace parents from the root, the last node, down.
        let depths = parents
        depths[nodes &- 1] = 0
        var node = nodes &- 2
        while node >= 0 {
            depths[node] = depths[Int(parents[node])] &+ 1
            node &-= 1
        }
        // Ties prefer leaves, so the first inner node is a deepest one; its children are leaves.
        if Int(depths[0]) &+ 1 > CodeLengths.maximum { return nil }
        writeLengths(keys, depths, nodes, lengths)
        return bits
    }

    /// Makes the inner nodes: their weights, and for each the number of its parent. Returns the sum of their weights.
    private static func merge(
        _ weights: SymbolWeights, _ inner: UnsafeMutablePointer<UInt32>, _ parents: UnsafeMutablePointer<UInt16>
    ) -> Int {
        var leaf = 0
        var next = 0  // the first inner node without a parent
        var node = 0
        var bits = 0
        inner[0] = UInt32.max
        while node < weights.count &- 1 {
            var sum: UInt32 = 0
            var child = 0
            while child < 2 {
                let takesLeaf = weights.base[leaf] <= inner[next]
                sum &+= takesLeaf ? weights.base[leaf] : inner[next]
                // Overwritten by the next one when a leaf is taken.
                parents[next] = UInt16(truncatingIfNeeded: node)
                leaf &+= takesLeaf ? 1 : 0
                next &+= takesLeaf ? 0 : 1
                child &+= 1
            }
            inner[node] = sum
            inner[node &+ 1] = UInt32.max
            bits &+= Int(sum)
            node &+= 1
        }
        return bits
    }

    /// Of `width` places at a depth those that inner nodes do not take are leaves: the heaviest that are left.
    private static func writeLengths(
        _ keys: UnsafePointer<UInt32>, _ depths: UnsafePointer<UInt16>, _ nodes: Int, _ lengths: UnsafeMutablePointer<UInt8>
    ) {
        var node = nodes &- 1
        var leaf = nodes
        var width = 1
        var depth = 0
        while width > 0 {
            let first = node
            while node >= 0, Int(depths[node]) == depth { node &-= 1 }
            let inner = first &- node
            var leaves = width &- inner
            while leaves > 0 {
                lengths[Int(keys[leaf] & 0xFF)] = UInt8(truncatingIfNeeded: depth)
                leaf &-= 1
                leaves &-= 1
            }
            width = 2 &* inner
            depth &+= 1
        }
    }
}
