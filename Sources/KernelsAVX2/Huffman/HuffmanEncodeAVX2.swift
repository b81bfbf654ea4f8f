#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// The encoder of the lanes layout with 256-bit vectors: 16 lanes at a time, two vectors a group.
    ///
    /// Codes are looked up one by one, for a batch of steps at a time: a vector load that followed its small stores at once would
    /// wait until they have all left the store buffer. Then each group takes its batch alone. Its steps hardly wait for each other,
    /// and the state of one group is all that 16 registers hold.
    package enum HuffmanEncodeAVX2 {
        /// Symbols of a batch.
        private static let batchSize = 2048
        /// Places in the workspace: four lookup tables, the entries of a batch, the groups' lanes.
        private static let batchPlace = 4 * HuffmanEntriesAVX2.tableSize
        private static let lanesPlace = batchPlace + 2 * batchSize

        /// See `HuffmanLanes.Encode`.
        @Sendable
        package static func encode(
            _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) {
            let entries = HuffmanEntriesAVX2(code, workspace)
            let batch = workspace + batchPlace
            let row = HuffmanLanes.perGroup &* groups
            var group = 0
            while group < groups {
                let (first, stride) = HuffmanLanes.lanes(of: group, groups: groups)
                HuffmanPushesAVX2.load(lanes + first, stride, into: workspace + lanesPlace + HuffmanPushesAVX2.size &* group)
                group &+= 1
            }
            var left = steps
            while left > 0 {
                let count = min(left, batchSize / row)
                left &-= count
                let source = UnsafeRawPointer(symbols + left &* row)
                if groups == 1 {
                    entries.look(up: source, count &* row, into: batch)
                } else {
                    entries.lookInPairs(up: source, count &* row, into: batch)
                }
                group = 0
                while group < groups {
                    // A group's 32 entries of a step are 64 bytes.
                    var pushes = HuffmanPushesAVX2(workspace + lanesPlace + HuffmanPushesAVX2.size &* group)
                    words[group] = pushes.push(batch + 64 &* group, count, 2 &* row, before: words[group])
                    pushes.save(workspace + lanesPlace + HuffmanPushesAVX2.size &* group)
                    group &+= 1
                }
            }
            group = 0
            while group < groups {
                let (first, stride) = HuffmanLanes.lanes(of: group, groups: groups)
                HuffmanPushesAVX2.store(workspace + lanesPlace + HuffmanPushesAVX2.size &* group, into: lanes + first, stride)
                group &+= 1
            }
        }
    }
#endif
