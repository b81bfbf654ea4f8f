package import KernelDispatch

extension KernelMeasurement {
    /// A measurement of the named kernels, all when there are no names, on the instruction sets that this run may use.
    /// - Throws: `unknownKernel`, `badInstructionSet`, `outOfMemory`.
    package init(kernels names: [String], chunkSize: Int, runs: Int) throws(MeasurementError) {
        try self.init(
            KernelBenchmark.named(names), sets: Self.permittedSets(), chunkSize: chunkSize, runs: runs)
    }

    /// The sets up to the one that `BALE_CPU` caps the run at, the portable one first.
    package static func permittedSets() throws(MeasurementError) -> [KernelSet] {
        if let error = KernelSet.requestError { throw .badInstructionSet(error) }
        let sets = KernelSet.available
        let last = sets.firstIndex { $0.name == KernelSet.current.name } ?? 0
        return Array(sets[...last])
    }

    /// What the kernels' names begin with, up to the first hyphen.
    package static var kernelFamilies: [String] {
        KernelBenchmark.all.reduce(into: []) { families, benchmark in
            let family = String(benchmark.name.prefix { $0 != "-" })
            if families.last != family { families.append(family) }
        }
    }
}

extension KernelBenchmark {
    /// The benchmarks of those names, in the catalogue's order. A name stands also for all that begin with it and a hyphen, so
    /// `huffman` means all of Huffman's. No names: all.
    package static func named(_ names: [String]) throws(MeasurementError) -> [KernelBenchmark] {
        guard !names.isEmpty else { return all }
        for name in names where !all.contains(where: { $0.isMeant(by: name) }) { throw .unknownKernel(name) }
        return all.filter { benchmark in names.contains { benchmark.isMeant(by: $0) } }
    }

    private func isMeant(by name: String) -> Bool { self.name == name || self.name.hasPrefix(name + "-") }
}
