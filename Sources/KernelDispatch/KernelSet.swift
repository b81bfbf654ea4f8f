internal import CIntrinsics
internal import Checksum
package import Kernels
internal import KernelsAVX2
internal import KernelsAVX512

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The kernels that this run uses, one implementation of each: what the processor has, capped by `BALE_CPU`.
///
/// Callers take a function out of ``current`` once a block, not once a byte. All sets give the same results on the same
/// bytes; they differ in speed alone.
package struct KernelSet: Sendable {
    /// An instruction set level, lowest first. The raw values are those of the environment variable `BALE_CPU`.
    package enum Name: String, CaseIterable, Sendable {
        case portable, avx2, avx512
    }

    package let name: Name
    /// The runs of 16 and more equal bytes. No slack.
    package let findRuns: RunScan.Find
    /// Runs and what they left of their block together again; slack as `RunLengthJoin` says.
    package let joinRuns: RunLengthJoin.Kernel
    /// `(a, b, limit)`: how many leading bytes, at most `limit`, are equal. No slack.
    package let commonPrefix: @Sendable (UnsafeRawPointer, UnsafeRawPointer, Int) -> Int
    /// Which byte values occur. No slack.
    package let markUsedBytes: UsedBytes.Mark
    /// XXH3-64 of a block, seed 0. No slack.
    package let hash64: @Sendable (UnsafeRawBufferPointer) -> UInt64
    /// The lanes of one Huffman segment; slack as `HuffmanLanes` says.
    package let huffmanEncode: HuffmanLanes.Encode
    package let huffmanDecode: HuffmanLanes.Decode
    package let planes: Planes
    package let filters: Filters
    package let bitmaps: Bitmaps
    package let calls: Calls

    /// Byte planes; slack as `BytePlanes` says.
    package struct Planes: Sendable {
        package let split: BytePlanes.Split
        package let join: BytePlanes.Join
    }

    /// Element filters, each before its inverse; slack as `ElementFilter.Apply` says.
    package struct Filters: Sendable {
        package let difference, sum: ElementFilter.Apply
        package let xorPrevious, undoXorPrevious: ElementFilter.Apply
        package let zigzag, undoZigzag: ElementFilter.Apply
        /// `difference` and `zigzag` in one pass.
        package let differenceZigzag, undoDifferenceZigzag: ElementFilter.Apply
    }

    /// Bitmaps of elements that are not zero; slack as `ZeroBitmap` says.
    package struct Bitmaps: Sendable {
        package let pack: ZeroBitmap.Pack
        package let unpack: ZeroBitmap.Unpack
        package let ones: ZeroBitmap.Count
    }

    /// Places instead of distances in the code of each architecture, as ``CallTargets/Convert`` says. No slack.
    package struct Calls: Sendable {
        package let x86, arm64: Directions

        /// A conversion and its inverse.
        package struct Directions: Sendable {
            package let places, distances: CallTargets.Convert
        }
    }

    /// The steps of reading a batch of LZ sequences; slack as `LZReader` says.
    package let lzReader: LZReaderKernels

    /// The set for this run: the best one that the processor has and `BALE_CPU` does not exclude.
    package static let current = best(atMost: requested)

    package static func best(atMost cap: Name?) -> KernelSet {
        available.last { $0.name.rank <= cap?.rank ?? Int.max } ?? portable
    }

    /// Every set that this processor can run, worst first, whatever `BALE_CPU` says. Tests run over all of them.
    package static let available: [KernelSet] = {
        var sets = [portable]
        #if arch(x86_64)
            if cpu_supports_avx2() { sets.append(avx2) }
            if cpu_supports_avx512() { sets.append(avx512) }
        #endif
        return sets
    }()

    /// What is wrong with the value of `BALE_CPU`, as one sentence, or nil. A wrong value caps nothing.
    package static let requestError: String? = requestError(for: requestedValue)

    package static func requestError(for value: String?) -> String? {
        guard let value, Name(rawValue: value) == nil else { return nil }
        return "BALE_CPU is '\(value)', not one of \(Name.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    /// The value of `BALE_CPU`; unset and empty are the same.
    private static let requestedValue: String? = getenv("BALE_CPU").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    private static let requested = requestedValue.flatMap(Name.init(rawValue:))
}

extension KernelSet.Name {
    fileprivate var rank: Int {
        switch self {
        case .portable: 0
        case .avx2: 1
        case .avx512: 2
        }
    }
}

extension KernelSet {
    private static let portable = KernelSet(
        name: .portable,
        findRuns: RunScan.find,
        joinRuns: RunLengthJoin.join,
        commonPrefix: CommonPrefix.length,
        markUsedBytes: UsedBytes.mark,
        hash64: { XXH3.hash64($0) },
        huffmanEncode: HuffmanEncode.portable,
        huffmanDecode: HuffmanDecode.portable,
        planes: .portable,
        filters: .portable,
        bitmaps: .portable,
        calls: .portable,
        lzReader: .portable)

    #if arch(x86_64)
        private static let avx2 = KernelSet(
            name: .avx2,
            findRuns: RunScanAVX2.find,
            joinRuns: RunLengthJoinAVX2.join,
            commonPrefix: CommonPrefixAVX2.length,
            markUsedBytes: UsedBytesAVX2.mark,
            hash64: XXH3AVX2.hash64,
            huffmanEncode: HuffmanEncodeAVX2.encode,
            huffmanDecode: HuffmanDecodeAVX2.decode,
            planes: .avx2,
            filters: .avx2,
            bitmaps: .avx2,
            calls: .avx2,
            lzReader: LZReaderKernels(
                lengths: LZLengthsAVX2.expand, distances: LZDistancesAVX2.expand, resolve: LZDistancesAVX2.resolve, copy: LZCopyAVX2.copy,
                copyDeltas: LZCopyAVX2.copyDeltas))

        private static let avx512 = KernelSet(
            name: .avx512,
            findRuns: RunScanAVX512.find,
            joinRuns: RunLengthJoinAVX2.join,
            commonPrefix: CommonPrefixAVX512.length,
            markUsedBytes: UsedBytesAVX512.mark,
            hash64: XXH3AVX512.hash64,
            huffmanEncode: HuffmanEncodeAVX512.encode,
            huffmanDecode: HuffmanDecodeAVX512.decode,
            planes: .avx512,
            filters: .avx512,
            bitmaps: .avx512,
            calls: .avx512,
            lzReader: LZReaderKernels(
                lengths: LZLengthsAVX512.expand, distances: LZDistancesAVX512.expand, resolve: LZDistancesAVX2.resolve,
                copy: LZCopyAVX2.copy, copyDeltas: LZCopyAVX2.copyDeltas))
    #endif
}
