#if Zlib
    package import Format

    /// Leaf 4: one raw DEFLATE stream (RFC 1951) without zlib's or gzip's header and check, by the system's zlib.
    ///
    /// `level` steers the encoder alone; the decoder needs no parameter.
    package struct DeflateCodec: LeafCodec {
        package static var id: CodecID { CodecID(rawValue: 4) }
        package static var name: String { "deflate" }
        package var parameters: [UInt8] { [] }

        /// zlib's levels that compress. 0 is left out: `stored` does that without a copy.
        package static let levels = 1...9
        private let level: Int

        /// - Parameter level: 1...9; others are clamped.
        package init(level: Int) {
            self.level = min(max(level, Self.levels.lowerBound), Self.levels.upperBound)
        }

        package init(parameters: [UInt8]) throws(CodecError) {
            try Self.refuseParameters(parameters)
            self.init(level: 6)
        }

        package func encode(
            _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
        ) throws(CodecError) -> Int? {
            try scratch.codecState.deflator(level: level).compress(input, into: output)
        }

        package func decode(
            _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
        ) throws(CodecError) {
            try scratch.codecState.sharedInflator().decompress(input, into: output)
        }

        /// A match gives at most 258 bytes and costs at least one bit of length code and one of distance code, so a byte
        /// of eight bits gives at most 4 x 258. A literal gives less per bit.
        package static func maximumDecodedCount(encodedCount: Int) -> Int {
            let (count, overflow) = encodedCount.multipliedReportingOverflow(by: 4 * 258)
            return overflow ? .max : count
        }
    }
#endif
