internal import Codecs
internal import Engine
internal import Format

extension BaleError {
    init(_ error: EngineError) {
        switch error {
        case .system(let error): self.init(error)
        case .format(let error): self.init(error)
        case .block(let damage): self.init(damage)
        case .codec(let error): self.init(error)
        case .trailingBytes(let offset):
            self.init(.trailingBytes, "bytes that are no archive follow the archive", byteOffset: offset)
        case .memoryLimit(let required, let limit):
            self.init(
                .limitExceeded, "one worker needs \(required) bytes of memory and the limit is \(limit); raise it or take smaller blocks")
        case .outputLimit(let limit): self.init(.limitExceeded, "the archive holds more than the \(limit) bytes that are allowed")
        case .noIndex:
            self.init(.damaged, "the archive has no index that can be used; decompress it whole, or salvage it")
        case .nothingToSalvage: self.init(.notAnArchive, "holds no intact block or header of a Bale archive")
        case .checkFailed(let range):
            self.init(.internalError, "a block did not decode to its input; the archive was not written", rawRange: range)
        case .input(let error): self.init(.system, "the input stream failed: \(error)")
        case .cancelled: self.init(.cancelled, "cancelled")
        }
    }

    init(_ error: SystemError) {
        self.init(.system, "\(error.operation): \(error.reason)", errorNumber: error.number)
    }

    init(_ damage: BlockDamage) {
        let kind: Kind
        let message: String
        switch damage.reason {
        case .storedHash: (kind, message) = (.damaged, "the stored bytes do not match their hash")
        case .rawHash: (kind, message) = (.damaged, "the decoded bytes do not match their hash")
        case .missing: (kind, message) = (.damaged, "no intact block for these bytes was found")
        case .codec(.unknownCodec(let number)): (kind, message) = (.unsupported, "codec \(number) is not in this build of Bale")
        case .codec(.outOfMemory(let size)): (kind, message) = (.system, "no memory: \(size) bytes were refused")
        case .codec(.corrupt(let codec, let offset, let reason)):
            (kind, message) = (.damaged, "\(codec): \(reason), at stored byte \(offset)")
        case .codec(.badDescriptor(let codec, let reason)): (kind, message) = (.unsupported, "\(codec): \(reason)")
        case .header(let error):
            kind = BaleError(error).kind
            message = error.message
        }
        self.init(kind, message, byteOffset: damage.byteOffset, block: damage.ordinal, rawRange: damage.rawRange)
    }

    private init(_ error: FormatError) {
        let kind: Kind =
            switch error {
            case .notAnArchive: .notAnArchive
            case .unsupported: .unsupported
            case .corrupt: .damaged
            case .truncated: .truncated
            }
        self.init(kind, error.message, byteOffset: error.offset)
    }

    private init(_ error: CodecError) {
        switch error {
        case .outOfMemory(let size): self.init(.system, "no memory: \(size) bytes were refused")
        default: self.init(.internalError, "encoding failed: \(error)")
        }
    }
}

/// Runs `body` with the engine's and the system's errors made public ones.
func publicErrors<Result>(_ body: () async throws(EngineError) -> Result) async throws(BaleError) -> Result {
    do {
        return try await body()
    } catch {
        throw BaleError(error)
    }
}

/// The same for system calls.
func publicErrors<Result>(_ body: () throws(SystemError) -> Result) throws(BaleError) -> Result {
    do {
        return try body()
    } catch {
        throw BaleError(error)
    }
}
