#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Runs one contender once, there and back.
struct ContenderTurn {
    let folder: WorkFolder
    let sampleSize: Int
    let clock: Clock
    /// Nanoseconds that a command may take.
    let timeLimit: UInt64
    /// Whether what comes back is compared with what was given. It is as long in any case.
    let checksBytes: Bool
    /// For ``CommandRun/launcher``.
    var launcher: String?

    /// Bytes that a command's output may have beyond its input's: archives of small inputs are mostly headers.
    private static let outputAllowance = 64 << 20

    /// - Parameter bytes: the sample; the commands read the same from the folder's input.
    func measure(_ codec: MemoryCodec, _ bytes: [UInt8]) async throws(ContenderFault) -> TurnFigures {
        let (packed, compression) = try await figures(codec.compress, bytes)
        let (unpacked, decompression) = try await figures(codec.decompress, packed)
        guard unpacked.count == bytes.count, !checksBytes || unpacked == bytes else { throw ContenderFault("gave other bytes back") }
        return TurnFigures(compression: compression, decompression: decompression, packedSize: packed.count)
    }

    private func figures(_ step: MemoryCodec.Step, _ input: [UInt8]) async throws(ContenderFault) -> ([UInt8], RunFigures) {
        let (before, start) = (Self.processorSeconds(), clock.now())
        let output = try await step(input)
        let seconds = Double(clock.now() - start) / 1e9
        return (output, RunFigures(seconds: seconds, processorSeconds: Self.processorSeconds() - before))
    }

    func measure(
        _ compression: CommandTemplate, _ decompression: CommandTemplate, suffix: String
    ) throws(ContenderFault) -> TurnFigures {
        let (packed, unpacked) = (folder.packed + suffix, folder.unpacked)
        defer {
            unlink(packed)
            unlink(unpacked)
        }
        let first = try run(compression, from: folder.input, to: packed)
        guard let packedSize = FileBytes.size(of: packed), packedSize > 0 else {
            throw ContenderFault("'\(compression.shown(input: "FILE", output: "OUT"))' wrote nothing")
        }
        let second = try run(decompression, from: packed, to: unpacked)
        let isRight = !checksBytes && FileBytes.size(of: unpacked) == sampleSize
        if !isRight, let difference = FileBytes.difference(unpacked, from: folder.input) {
            throw ContenderFault("'\(decompression.shown(input: "FILE", output: "OUT"))' \(difference)")
        }
        return TurnFigures(compression: first, decompression: second, packedSize: packedSize)
    }

    /// What the commands take for one byte: starting programs, their threads and tables. Nil when they refuse it.
    func measureStart(_ compression: CommandTemplate, _ decompression: CommandTemplate, suffix: String) -> TurnFigures? {
        let (packed, unpacked) = (folder.packed + suffix, folder.unpacked)
        defer {
            unlink(packed)
            unlink(unpacked)
        }
        guard let first = try? run(compression, from: folder.oneByte, to: packed), let size = FileBytes.size(of: packed),
            let second = try? run(decompression, from: packed, to: unpacked)
        else { return nil }
        return TurnFigures(compression: first, decompression: second, packedSize: size)
    }

    private func run(_ template: CommandTemplate, from input: String, to output: String) throws(ContenderFault) -> RunFigures {
        try CommandRun(
            template: template, input: input, output: output, messages: folder.messages, timeLimit: timeLimit,
            outputLimit: 2 * sampleSize + Self.outputAllowance, launcher: launcher
        ).measure()
    }

    private static func processorSeconds() -> Double {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
            getrusage(RUSAGE_SELF, &usage)
        #endif
        return CommandRun.processorSeconds(usage)
    }
}
