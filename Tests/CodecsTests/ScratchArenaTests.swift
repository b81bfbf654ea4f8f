import Codecs
import Testing

@Suite struct ScratchArenaTests {
    @Test func buffersAreAlignedApartAndReused() throws {
        let arena = ScratchArena()
        let mark = arena.mark
        let first = try arena.allocate(100)
        let second = try arena.allocate(3 << 20)
        let start = try #require(first.baseAddress)
        let next = try #require(second.baseAddress)
        #expect(Int(bitPattern: start) % 64 == 0 && Int(bitPattern: next) % 64 == 0)
        #expect(next < start || next >= start + 100 + ScratchArena.slack)
        let footprint = arena.footprint
        arena.release(to: mark)
        #expect(try arena.allocate(100).baseAddress == start)
        #expect(try arena.allocate(3 << 20).baseAddress == next)
        #expect(arena.footprint == footprint)
    }

    @Test func fencesSeeWritesBehindTheSlack() throws {
        let arena = ScratchArena(fenced: true)
        let mark = arena.mark
        let buffer = try arena.allocate(10)
        let start = try #require(buffer.baseAddress)
        start.storeBytes(of: 0, toByteOffset: 10 + ScratchArena.slack - 1, as: UInt8.self)
        arena.release(to: mark)
        #expect(arena.brokenFences == 0)
        _ = try arena.allocate(10)
        start.storeBytes(of: 0, toByteOffset: 10 + ScratchArena.slack, as: UInt8.self)
        arena.release(to: mark)
        #expect(arena.brokenFences == 1)
    }

    @Test func refusalIsAnError() {
        #expect(throws: CodecError.self) { try ScratchArena().allocate(1 << 60) }
    }
}
