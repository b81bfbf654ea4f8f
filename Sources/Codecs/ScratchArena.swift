#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// One worker's reusable memory: a stack of buffers in large mapped regions, so that no block pays for fresh pages.
///
/// Every buffer is 64-byte aligned and followed by ``slack`` bytes that the arena owns: kernels may read and write
/// there. Memory comes from `mmap`, so that a refusal is an error and not an abort.
package final class ScratchArena {
    /// Bytes past the end of each buffer that kernels may read and write: two of the widest vectors.
    package static let slack = 128

    package struct Mark {
        fileprivate var region: Int
        fileprivate var used: Int
    }

    private var regions: [UnsafeMutableRawBufferPointer] = []
    /// The region that the next buffer comes from, and how much of it is taken.
    private var top = Mark(region: 0, used: 0)

    /// What codecs keep between this worker's blocks.
    package let codecState = CodecState()

    package init() {}

    deinit {
        for region in regions { munmap(region.baseAddress, region.count) }
    }

    /// Bytes mapped so far.
    package var footprint: Int { regions.reduce(0) { $0 + $1.count } }

    /// A buffer of `count` bytes with undefined content, valid until a `release` to an earlier mark.
    package func allocate(_ count: Int) throws(CodecError) -> UnsafeMutableRawBufferPointer {
        let span = (count + Self.slack + 63) & ~63
        while top.region < regions.count {
            let region = regions[top.region]
            if region.count - top.used >= span {
                let start = region.baseAddress! + top.used
                top.used += span
                return UnsafeMutableRawBufferPointer(start: start, count: count)
            }
            top = Mark(region: top.region + 1, used: 0)
        }
        try map(atLeast: span)
        return try allocate(count)
    }

    package var mark: Mark { top }

    /// Gives back everything allocated since `mark`.
    package func release(to mark: Mark) { top = mark }

    private func map(atLeast span: Int) throws(CodecError) {
        let hugePage = 2 << 20
        let size = (span + hugePage - 1) & ~(hugePage - 1)
        // One huge page more than needed, to cut an aligned region out of the middle.
        guard let start = mmap(nil, size + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), start != MAP_FAILED else {
            throw .outOfMemory(requested: size)
        }
        let skip = (hugePage - Int(bitPattern: start) & (hugePage - 1)) & (hugePage - 1)
        if skip > 0 { munmap(start, skip) }
        munmap(start + skip + size, hugePage - skip)
        #if os(Linux)
            madvise(start + skip, size, MADV_HUGEPAGE)
        #endif
        regions.append(UnsafeMutableRawBufferPointer(start: start + skip, count: size))
    }
}
