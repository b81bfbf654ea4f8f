package import Codecs
package import KernelDispatch

/// How one kernel is measured. Each family of kernels has a file in KernelBenchmarks; `KernelBenchmark.all` lists them.
package struct KernelBenchmark: Sendable {
    package typealias Prepare = @Sendable (Chunk, KernelSet, BenchmarkMemory) throws(CodecError) -> PreparedKernel?

    package let name: String
    /// Where the code is the same for every instruction set: what its one row has in place of a set's name.
    package let sharedSet: String?
    /// Whether output over input bytes is a compression ratio.
    package let isCodec: Bool
    /// Takes memory, makes what the kernel needs beforehand, unmeasured, and gives what is to be measured; nil when the chunk does
    /// not suit the kernel. Called for every chunk and set.
    package let prepare: Prepare

    package init(_ name: String, sharedSet: String? = nil, isCodec: Bool = false, prepare: @escaping Prepare) {
        self.name = name
        self.sharedSet = sharedSet
        self.isCodec = isCodec
        self.prepare = prepare
    }
}

/// A chunk in memory, 64-byte aligned, with the arena's slack behind it.
package struct Chunk {
    package let bytes: UnsafeRawBufferPointer
    /// Where it begins in the file.
    package let offset: Int

    package init(bytes: UnsafeRawBufferPointer, offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    package var base: UnsafeRawPointer { bytes.baseAddress! }
    package var count: Int { bytes.count }
    package var symbols: UnsafePointer<UInt8> { base.assumingMemoryBound(to: UInt8.self) }
}

/// A kernel with its arguments, ready to run on one chunk any number of times.
package struct PreparedKernel {
    /// Raw bytes that one call works through: what speeds are counted in.
    package let byteCount: Int
    /// What the output must be, when that is known without the portable kernel.
    package var expected: UnsafeRawBufferPointer?
    /// What the last call wrote, all of it, to be compared with the portable kernel's.
    package let output: () -> [UnsafeRawBufferPointer]
    /// Runs the kernel once; false when it says that it failed.
    package let call: () -> Bool

    package init(
        byteCount: Int, expected: UnsafeRawBufferPointer? = nil, output: @escaping () -> [UnsafeRawBufferPointer],
        call: @escaping () -> Bool
    ) {
        self.byteCount = byteCount
        self.expected = expected
        self.output = output
        self.call = call
    }

    /// The same kernel, whose output is known to be that.
    package func expecting(_ bytes: UnsafeRawBufferPointer) -> PreparedKernel {
        var kernel = self
        kernel.expected = bytes
        return kernel
    }
}

/// Memory for one prepared kernel, taken from an arena and so followed by its slack. It comes filled with a byte that differs
/// from one set to the next: what a kernel forgets to write is found by the comparison.
package struct BenchmarkMemory {
    package let arena: ScratchArena
    private let filling: UInt8

    init(_ arena: ScratchArena, filling: UInt8) {
        self.arena = arena
        self.filling = filling
    }

    package func allocate(_ count: Int) throws(CodecError) -> UnsafeMutableRawBufferPointer {
        let buffer = try arena.allocate(count)
        buffer.initializeMemory(as: UInt8.self, repeating: filling)
        return buffer
    }

    package func allocate<Element: BitwiseCopyable>(_ count: Int, of type: Element.Type) throws(CodecError) -> UnsafeMutablePointer<Element>
    {
        try allocate(count * MemoryLayout<Element>.stride).baseAddress!.assumingMemoryBound(to: type)
    }
}
