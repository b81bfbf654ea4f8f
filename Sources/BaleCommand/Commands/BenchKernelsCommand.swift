internal import Measurement

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Measures the kernels on chunks of each file: a table, or JSON.
enum BenchKernelsCommand {
    static func run(_ session: Session) async -> ExitStatus {
        do throws(Failure) {
            // What is wrong for every file is said once.
            _ = try measurement(session.settings, chunkSize: ChunkSample.chunkSizes.lowerBound)
        } catch {
            session.console.error(nil, error.line)
            return error.status
        }
        return await session.reporting(.bench) { (input) throws(Failure) in
            let result = try measure(input.path, session)
            for fault in result.figures.faults { session.console.error(input.path.shown, fault.description) }
            if !session.settings.json {
                session.console.print(result.text(input.path, listsChunks: session.settings.verbosity > 0))
                try flush(session.console)
            }
            return (result.figures.faults.isEmpty ? .success : .internalError, Report.Entry(path: input.path, write: result.write))
        }
    }

    /// Shows the table before the next file is measured. Nobody waits for more behind a closed pipe; any other error of standard
    /// output is told at the end.
    private static func flush(_ console: Console) throws(Failure) {
        do throws(Failure) {
            try console.flush()
        } catch {
            if error.isClosedPipe { throw error }
        }
    }

    private static func measure(_ path: Path, _ session: Session) throws(Failure) -> KernelReport {
        let file = try OpenFile.reading(path, flags: O_NONBLOCK)
        guard file.status.kind == .regular else {
            throw Failure("bench needs a file, not \(file.status.kindName)", remedy: "its chunks are read from many places")
        }
        guard let size = Int(exactly: file.status.size), size > 0 else { throw Failure("is empty, there is nothing to measure") }
        let settings = session.settings
        let sample = ChunkSample(
            fileSize: size, chunkSize: settings.chunkSize ?? ChunkSample.defaultChunkSize, sampleSize: settings.sampleSize)
        var measurement = try measurement(settings, chunkSize: sample.chunkSize)
        defer { session.console.showProgress("") }
        for (index, offset) in sample.offsets.enumerated() {
            if session.progress != nil { session.console.showProgress("\(path.shown)  chunk \(index + 1) of \(sample.offsets.count)") }
            do throws(ComparisonError) {
                try ChunkSample.read(measurement.chunkBuffer, at: offset, from: file.descriptor)
            } catch {
                throw Failure(error)
            }
            do throws(MeasurementError) {
                try measurement.measureChunk(at: offset)
            } catch {
                throw Failure(error)
            }
        }
        guard let figures = measurement.figures else { throw Failure(.internalError, "no chunk was measured") }
        return KernelReport(fileSize: size, sample: sample, runs: runs(settings), sets: measurement.setNames, figures: figures)
    }

    private static func runs(_ settings: Settings) -> Int { settings.runs ?? 5 }

    private static func measurement(_ settings: Settings, chunkSize: Int) throws(Failure) -> KernelMeasurement {
        do throws(MeasurementError) {
            return try KernelMeasurement(kernels: settings.kernels, chunkSize: chunkSize, runs: runs(settings))
        } catch {
            throw Failure(error)
        }
    }
}

extension Failure {
    /// What the measurement cannot do.
    init(_ error: MeasurementError) {
        switch error {
        case .outOfMemory: self = .system("cannot measure", ENOMEM)
        case .badInstructionSet(let sentence): self = .usage(sentence, remedy: nil)
        case .unknownKernel(let name):
            let families = KernelMeasurement.kernelFamilies.joined(separator: ", ")
            self = .usage("there is no kernel '\(name)'", remedy: "there are the families \(families)")
        }
    }
}
