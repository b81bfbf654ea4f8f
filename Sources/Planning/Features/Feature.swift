/// A measured fact of a chunk, as a number that a decision tree compares with a threshold.
package enum Feature: Int, Sendable, Hashable, CaseIterable {
    /// 1 when all bytes of the chunk are equal, else 0. Looks at as much of the chunk as is constant.
    case constancy
    /// Bits a byte of the sample, order 0: 0...8.
    case entropy
    /// Share of the sample's bytes that stand in runs of at least ``FeatureSample/runLimit`` equal bytes: 0...1.
    case runShare
    /// What LZ4 would make of the sample, stored to raw bytes: 0...1, 1 when there are no matches.
    case matchRatio
    /// ``matchRatio`` minus what order-0 codes make of the sample: above 0, Huffman alone is smaller than LZ4.
    case matchExcess
}
