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
    /// How much more often two bytes other than zero are equal at positions that agree modulo 8 than at any: 1 where position means nothing.
    case phaseContrast
    /// What order-0 codes make of the sample in its best ``ElementLayout``, coded to raw bytes: 0...1.
    case elementRatio
    /// Bytes of an element in the sample's best ``ElementLayout``: 2, 4 or 8.
    case elementWidth
    /// What order-0 codes make of the sample as it is minus ``elementRatio``: above 0, the layout pays.
    case entropyOverElements
    /// ``elementRatio`` over ``matchRatio``: below 1, the layout is smaller than LZ4.
    case elementsToMatches
}
