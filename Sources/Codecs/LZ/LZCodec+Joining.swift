internal import Kernels

extension LZCodec {
    /// - Throws: `corrupt` unless all streams are used up and the output is exactly full.
    package func join(
        _ streams: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let workspace = try scratch.allocate(LZBatch.workspaceSize).baseAddress!
        guard let target = output.baseAddress else { throw Self.corrupt(0, 0, "an empty block") }
        guard let head = LZHead(streams[3].first) else { throw Self.corrupt(3, 0, "a first byte out of range") }
        let low = streams[3].isEmpty ? streams[3] : UnsafeRawBufferPointer(rebasing: streams[3].dropFirst())
        // A stream without bytes may be without an address; the workspace is as good as any, for slack is all that is read of it.
        func stream(_ bytes: UnsafeRawBufferPointer) -> LZInput.Stream {
            LZInput.Stream(bytes.baseAddress ?? UnsafeRawPointer(workspace), count: bytes.count)
        }
        var input = LZInput(
            literals: stream(streams[0]), tokens: stream(streams[1]), offsets: stream(streams[2]), offsetLow: stream(low),
            offsetBits: stream(streams[4]), literalLengths: stream(streams[5]), matchLengths: stream(streams[6]),
            minimumMatch: settings.minimumMatch, lowBits: head.lowBits, hasDeltaLiterals: head.hasDeltaLiterals)
        do {
            try LZReader.read(&input, into: target, count: output.count, workspace: workspace, kernels: kernels)
        } catch {
            throw Self.corrupt(error, tokensRead: streams[1].count - input.tokens.left)
        }
    }

    /// The reader's fault as the stream in which it shows, and how many tokens were read when its batch began.
    private static func corrupt(_ fault: LZFault, tokensRead: Int) -> CodecError {
        let (stream, reason) = describe(fault)
        return corrupt(stream, tokensRead, "\(reason), after \(tokensRead) tokens")
    }

    private static func describe(_ fault: LZFault) -> (stream: Int, reason: String) {
        switch fault {
        case .literalLengthsCutOff: (5, "more literal lengths than there are")
        case .matchLengthsCutOff: (6, "more match lengths than there are")
        case .offsetsCutOff: (2, "more offsets than there are")
        case .badClass: (2, "an offset class out of range")
        case .offsetLowCutOff: (3, "more low bits than there are, or a value too large for them")
        case .offsetBitsCutOff: (4, "more offset bits than there are")
        case .literalsCutOff: (0, "more literals than there are")
        case .outputOverrun: (1, "sequences pass the end of the output")
        case .farDistance: (1, "a match from before the block")
        case .bytesLeftOver: (1, "streams are not used up by the last token")
        case .outputNotFull: (0, "the literals behind the last match do not fill the output")
        }
    }

    private static func corrupt(_ stream: Int, _ offset: Int, _ reason: String) -> CodecError {
        .corrupt(codec: "\(name) \(streamNames[stream])", offset: offset, reason: reason)
    }
}
