extension KernelBenchmark {
    /// Every kernel that can be measured, in the order of the report.
    package static let all: [KernelBenchmark] =
        [memoryCopy] + huffmanLanes + huffmanCodec + [histogram, runScan, commonPrefix] + planes + filters + zeroBitmaps
}
