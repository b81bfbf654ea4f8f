/// The state that codecs keep between blocks because making it costs more than resetting it.
///
/// One per worker, owned by its ``ScratchArena``; never shared between threads. Nothing in it may change what a codec
/// writes: a reset state and a new one give the same bytes.
package final class CodecState {
    #if Zlib
        /// By zlib level, 1...9: a worker uses one or two of them.
        private var deflators: [Int: Deflator] = [:]
        private var inflator: Inflator?
    #endif

    package init() {}
}

#if Zlib
    extension CodecState {
        /// The compressor for `level`, made at its first use.
        func deflator(level: Int) throws(CodecError) -> Deflator {
            if let deflator = deflators[level] { return deflator }
            let deflator = try Deflator(level: level)
            deflators[level] = deflator
            return deflator
        }

        /// The decompressor, made at its first use.
        func sharedInflator() throws(CodecError) -> Inflator {
            if let inflator { return inflator }
            let made = try Inflator()
            inflator = made
            return made
        }
    }
#endif
