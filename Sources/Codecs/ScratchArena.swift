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
        /// How many fences stand before this place.
        fileprivate var fences = 0
    }

    private var regions: [UnsafeMutableRawBufferPointer] = []
    /// The region that the next buffer comes from, and how much of it is taken.
    private var top = Mark(region: 0, used: 0)

    /// What codecs keep between this worker's blocks.
    package let codecState = CodecState()

    /// Where fences stand, innermost last; nil without fences.
    private var fences: [UnsafeMutableRawPointer]?
    /// Fences that were found overwritten, since the arena was made.
    package private(set) var brokenFences = 0

    /// - Parameter fenced: For tests: every buffer is handed out filled with noise, and a fence behind its slack shows
    ///   at its release whether somebody wrote there.
    package init(fenced: Bool = false) { fences = fenced ? [] : nil }

    deinit {
        for region in regions { munmap(region.baseAddress, region.count) }
    }

    /// Bytes mapped so far.
    package var footprint: Int { regions.reduce(0) { $0 + $1.count } }

    /// A buffer of `count` bytes with undefined content, valid until a `release` to an earlier mark.
    package func allocate(_ count: Int) throws(CodecError) -> UnsafeMutableRawBufferPointer {
        let fence = fences == nil ? 0 : Self.fenceSize
        let span = (count + Self.slack + fence + 63) & ~63
        while top.region < regions.count {
            let region = regions[top.region]
            if region.count - top.used >= span {
                let start = region.baseAddress! + top.used
                top.used += span
                if fences != nil { putFence(behind: start, count: count) }
                return UnsafeMutableRawBufferPointer(start: start, count: count)
            }
            top = Mark(region: top.region + 1, used: 0, fences: top.fences)
        }
        try map(atLeast: span)
        return try allocate(count)
    }

    /// Maps `count` bytes at once where there is no memory yet: several small regions cost a call each, for which threads wait on
    /// each other, and a fault for each of their pages.
    package func reserve(_ count: Int) throws(CodecError) {
        if regions.isEmpty, count >= Self.leastOfHugePages { try map(atLeast: count) }
    }

    package var mark: Mark { top }

    /// Gives back everything allocated since `mark`.
    package func release(to mark: Mark) {
        if fences != nil { checkFences(from: mark.fences) }
        top = mark
    }

    private static let hugePage = 2 << 20
    /// The kernel clears a huge page whole: for less memory than this that takes longer than small pages.
    private static let leastOfHugePages = hugePage / 4

    private func map(atLeast span: Int) throws(CodecError) {
        let region = span < Self.leastOfHugePages ? try Self.map((span + 0xFFFF) & ~0xFFFF) : try Self.mapHuge(atLeast: span)
        regions.append(region)
    }

    private static func map(_ size: Int) throws(CodecError) -> UnsafeMutableRawBufferPointer {
        guard let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), start != MAP_FAILED else {
            throw .outOfMemory(requested: size)
        }
        return UnsafeMutableRawBufferPointer(start: start, count: size)
    }

    /// Maps a region that begins with a huge page.
    private static func mapHuge(atLeast span: Int) throws(CodecError) -> UnsafeMutableRawBufferPointer {
        let size = (span + hugePage - 1) & ~(hugePage - 1)
        var region = try map(size)
        // Linux 6.7 aligns it by itself.
        if Int(bitPattern: region.baseAddress) & (hugePage - 1) != 0 {
            munmap(region.baseAddress, size)
            region = try mapAligned(size)
        }
        #if os(Linux)
            madvise(region.baseAddress, size, MADV_HUGEPAGE)
        #endif
        return region
    }

    /// Maps one huge page more than needed and cuts an aligned region out of the middle.
    private static func mapAligned(_ size: Int) throws(CodecError) -> UnsafeMutableRawBufferPointer {
        let whole = try map(size + hugePage)
        let start = whole.baseAddress!
        let skip = (hugePage - Int(bitPattern: start) & (hugePage - 1)) & (hugePage - 1)
        if skip > 0 { munmap(start, skip) }
        munmap(start + skip + size, hugePage - skip)
        return UnsafeMutableRawBufferPointer(start: start + skip, count: size)
    }

    private static let fenceSize = 64
    private static let fenceByte: UInt8 = 0xF5

    private func putFence(behind start: UnsafeMutableRawPointer, count: Int) {
        memset(start, 0x4D, count + Self.slack)
        let fence = start + count + Self.slack
        fence.initializeMemory(as: UInt8.self, repeating: Self.fenceByte, count: Self.fenceSize)
        fences?.append(fence)
        top.fences += 1
    }

    private func checkFences(from first: Int) {
        while let fence = fences?.last, let count = fences?.count, count > first {
            // All equal to the first of them.
            let isWhole = fence.load(as: UInt8.self) == Self.fenceByte && memcmp(fence, fence + 1, Self.fenceSize - 1) == 0
            if !isWhole { brokenFences += 1 }
            fences?.removeLast()
        }
    }
}
