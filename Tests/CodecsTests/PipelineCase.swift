import Codecs
import Format
import TestSupport
import Testing

/// One of the catalogue's example pipelines, as an argument of the inherited tests.
struct PipelineCase: Sendable, CustomTestStringConvertible {
    let codec: String
    let number: Int
    let pipeline: Pipeline

    var testDescription: String { "\(codec) example \(number)" }

    static let all = CodecCatalog.entries.flatMap { entry in
        entry.examples.enumerated().map { PipelineCase(codec: entry.name, number: $0.offset, pipeline: $0.element) }
    }
}

/// An encoded block with its own copy of the payload.
struct Encoding: Equatable {
    let descriptor: PipelineDescriptor
    let payload: [UInt8]
}

extension Pipeline {
    /// Encodes between guard pages.
    func encoding(_ input: [UInt8], scratch: ScratchArena, noise: UInt8 = 0xA5) throws -> Encoding {
        let source = GuardedBuffer(input, noise: noise)
        let target = GuardedBuffer(count: input.count, noise: noise)
        let block = try encode(source.readOnly, into: target.bytes, scratch: scratch)
        let encoding = Encoding(descriptor: block.descriptor, payload: Array(block.payload))
        guard source.isIntact, target.isIntact, Array(source.readOnly) == input else { throw WrittenOutside() }
        return encoding
    }

    /// Decodes between guard pages.
    func decoding(_ payload: [UInt8], count: Int, scratch: ScratchArena, noise: UInt8 = 0xA5) throws -> [UInt8] {
        let buffers = DecodingBuffers(payloadCount: payload.count, count: count, noise: noise)
        try buffers.decode(payload, by: self, scratch: scratch)
        return Array(buffers.decoded)
    }
}

/// Guarded buffers for many decodings of payloads that are not longer than one, because mapping memory takes most of the time of a short
/// decoding. A shorter payload ends where the longest does.
final class DecodingBuffers {
    private let source: GuardedBuffer
    private let target: GuardedBuffer

    /// - Parameters:
    ///   - payloadCount: The most bytes of a payload.
    ///   - count: The raw bytes that are asked for.
    init(payloadCount: Int, count: Int, noise: UInt8 = 0xA5) {
        source = GuardedBuffer(count: payloadCount, noise: noise)
        target = GuardedBuffer(count: count, noise: noise)
    }

    /// What the last decoding left.
    var decoded: UnsafeRawBufferPointer { target.readOnly }

    /// Decodes a payload that ends where the source does.
    func decode(_ payload: some Collection<UInt8>, by pipeline: Pipeline, scratch: ScratchArena) throws {
        let bytes = UnsafeMutableRawBufferPointer(rebasing: source.bytes[(source.bytes.count - payload.count)...])
        bytes.copyBytes(from: payload)
        defer { if !source.isIntact || !target.isIntact { fatalError("a decoder wrote in front of its buffers") } }
        try pipeline.decode(UnsafeRawBufferPointer(bytes), into: target.bytes, scratch: scratch)
    }
}

struct WrittenOutside: Error {}
