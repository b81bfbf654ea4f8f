#if LZ4
    internal import CLZ4
    package import Format

    /// Leaf 5: one LZ4 block (sequences only, no frame), by the system's liblz4.
    ///
    /// The fast and the high-compression encoder write the same format, so they are one codec with two efforts.
    package struct LZ4Codec: LeafCodec {
        package static var id: CodecID { CodecID(rawValue: 5) }
        package static var name: String { "lz4" }
        package var parameters: [UInt8] { [] }

        /// Which of liblz4's encoders runs, and how hard it searches.
        package enum Effort: Hashable, Sendable {
            /// One probe a position; a larger acceleration (from 1) skips more.
            case fast(acceleration: Int)
            /// Hash chains, and from level 10 an optimal parse; 3...12.
            case high(level: Int)
        }
        private let effort: Effort

        package init(_ effort: Effort) { self.effort = effort }

        package init(parameters: [UInt8]) throws(CodecError) {
            try Self.refuseParameters(parameters)
            self.init(.fast(acceleration: 1))
        }

        package func encode(
            _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
        ) throws(CodecError) -> Int? {
            guard let inputCount = Int32(exactly: input.count), let capacity = Int32(exactly: output.count) else { return nil }
            let source = input.assumingMemoryBound(to: CChar.self).baseAddress
            let target = output.assumingMemoryBound(to: CChar.self).baseAddress
            let mark = scratch.mark
            defer { scratch.release(to: mark) }
            let count: Int32
            switch effort {
            case .fast(let acceleration):
                let state = try scratch.allocate(Int(LZ4_sizeofState()))
                count = LZ4_compress_fast_extState(state.baseAddress, source, target, inputCount, capacity, Int32(clamping: acceleration))
            case .high(let level):
                let state = try scratch.allocate(Int(LZ4_sizeofStateHC()))
                count = LZ4_compress_HC_extStateHC(state.baseAddress, source, target, inputCount, capacity, Int32(clamping: level))
            }
            return count > 0 ? Int(count) : nil
        }

        package func decode(
            _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
        ) throws(CodecError) {
            guard let inputCount = Int32(exactly: input.count), let capacity = Int32(exactly: output.count) else {
                throw .corrupt(codec: Self.name, offset: 0, reason: "a size of 2 GiB or more")
            }
            let source = input.assumingMemoryBound(to: CChar.self).baseAddress
            let target = output.assumingMemoryBound(to: CChar.self).baseAddress
            let count = LZ4_decompress_safe(source, target, inputCount, capacity)
            // liblz4 tells the place of an error as -(offset) - 1.
            guard count >= 0 else {
                throw .corrupt(codec: Self.name, offset: min(-Int(count) - 1, input.count), reason: "not an LZ4 block of this raw size")
            }
            guard Int(count) == output.count else {
                throw .corrupt(codec: Self.name, offset: input.count, reason: "the LZ4 block holds fewer bytes than the raw size")
            }
        }

        /// A byte of a match's length adds at most 255; a token with its offset (3 bytes) gives at most 19, a literal 1.
        package static func maximumDecodedCount(encodedCount: Int) -> Int {
            let (count, overflow) = encodedCount.multipliedReportingOverflow(by: 255)
            return overflow ? .max : count
        }
    }
#endif
