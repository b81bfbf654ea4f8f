/// Bounds that every archive keeps. A file beyond them is refused before memory is taken for it.
package enum FormatLimits {
    /// The version that is written, and the only one that is read.
    package static let version: UInt16 = 1
    /// Smallest chunk size, in raw bytes. Block header and index entry take 131 bytes or more, 3.2 % of it.
    package static let minimumBlockSize = 4 << 10
    /// Largest chunk size, and so the most raw and stored bytes of a block. It bounds what one worker takes.
    package static let maximumBlockSize = 512 << 20
    /// Nodes from a pipeline's root to its deepest leaf. It bounds the decoder's recursion.
    package static let maximumPipelineDepth = 4
    /// Bytes of an encoded pipeline descriptor: its size is one byte on disk.
    package static let maximumDescriptorSize = 255
    /// The smallest descriptor, a leaf without parameters: codec, parameter count, child count.
    package static let minimumDescriptorSize = 3
}
