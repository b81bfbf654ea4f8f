package import Codecs

/// What a chunk is found to be; the level says which pipeline that means.
package enum ContentKind: Int, Sendable, Hashable, CaseIterable {
    /// Nothing would shrink it.
    case incompressible
    /// One byte, repeated.
    case constant
    /// Long runs of equal bytes, and repeated strings between them.
    case runs
    /// Long runs of equal bytes, and no repeated strings between them: pruned weights, segmented images.
    case skewedRuns
    /// No repeated strings, but some bytes are more frequent than others: numbers, weights, images.
    case skewed
    /// Numbers of one width, smaller when they are regrouped: weights, sound. ``ElementLayout`` says how.
    case elements
    /// Numbers of eight bytes with repeated strings in their planes: columns, relocations, tables of addresses.
    case elementMatches
    /// Repeated strings: text, source, executables, tables.
    case matches
}

/// A binary tree of comparisons as an array, so that policy is a table that can be read, measured and replaced.
package struct DecisionTree: Sendable, Hashable {
    package enum Node: Sendable, Hashable {
        /// Goes to node `below` when the feature is less than the threshold, else to node `otherwise`. Both are later
        /// in the array, so that every walk ends.
        case test(Feature, lessThan: Double, below: Int, otherwise: Int)
        case leaf(ContentKind)
    }

    package let nodes: [Node]

    package init(_ nodes: [Node]) { self.nodes = nodes }

    /// The kind that the walk from node 0 ends at.
    package func decide(_ sample: inout FeatureSample) throws(CodecError) -> ContentKind {
        var index = 0
        while true {
            switch nodes[index] {
            case .test(let feature, let threshold, let below, let otherwise):
                index = try sample.value(feature) < threshold ? below : otherwise
            case .leaf(let kind):
                return kind
            }
        }
    }
}
