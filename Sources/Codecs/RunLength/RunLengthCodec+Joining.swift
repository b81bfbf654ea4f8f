internal import KernelDispatch
internal import Kernels

extension RunLengthCodec {
    /// - Throws: `corrupt` unless both streams are used up and the output is exactly full.
    package func join(
        _ streams: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        guard let runs = streams[1].baseAddress, !streams[1].isEmpty else { throw Self.corrupt(1, 0, "no run") }
        guard let literals = streams[0].baseAddress, let target = output.baseAddress else {
            throw Self.corrupt(0, 0, "a run without a literal before it, or without room")
        }
        var join = RunLengthJoin(
            literals: literals, streams[0].count, runs: runs, streams[1].count, output: target, output.count)
        switch KernelSet.current.joinRuns(&join) {
        case nil: return
        case .varint: throw Self.corrupt(1, join.at, "a varint that is cut off or not in its shortest form")
        case .literals: throw Self.corrupt(1, join.at, "more literals than there are")
        case .room: throw Self.corrupt(1, join.at, "the run passes the end of the output")
        case .rest:
            let (left, room) = (join.literalCount - join.read, join.outputCount - join.written)
            throw Self.corrupt(0, join.read, "\(left) literals after the last run where \(room) belong")
        }
    }
}
