extension Settings {
    /// Refuses options that the verb does not take, and those that contradict each other.
    func checkCombinations(_ applied: [WrittenOption]) throws(Failure) {
        guard verb != .help, verb != .version, generates == nil else { return }
        for option in applied where !option.spec.isTolerated && !option.spec.applies(to: verb) {
            let verbs = option.spec.verbs.map(\.rawValue).joined(separator: ", ")
            throw .usage("\(option.written) is not for \(verb.rawValue) but for: \(verbs)", remedy: "try 'bale help \(verb.rawValue)'")
        }
        try checkBench(applied)
        try checkOutput()
        try checkRemoval()
        if blockSize != nil, longBlockSize != nil {
            throw .usage("-B and --long=SIZE both say how large blocks are", remedy: "use --long without SIZE")
        }
        if verb == .pipelines, !operands.isEmpty { throw .usage("pipelines takes no file") }
        if operands.filter(\.isStandardStream).count > 1 { throw .usage("standard input can be read only once", remedy: nil) }
    }

    /// Kernels and whole files are measured with options of their own, and only files with several numbers of threads.
    private func checkBench(_ applied: [WrittenOption]) throws(Failure) {
        if threadCounts.count > 1, verb != .bench || benchTopic != nil {
            throw .usage("one number of threads can be meant", remedy: "'bale bench FILE' takes several")
        }
        guard verb == .bench else { return }
        for option in applied {
            let (id, written) = (option.spec.id, option.written)
            if benchTopic == nil, id == .kernels || id == .chunkSize {
                throw .usage("\(written) is for 'bench kernels'", remedy: "try 'bale help bench'")
            }
            if benchTopic == .kernels, id.isForBenchedFiles {
                throw .usage("\(written) is not for 'bench kernels'", remedy: "try 'bale help bench'")
            }
        }
    }

    /// At most one place for the result.
    private func checkOutput() throws(Failure) {
        let places = [writesToStandardOutput && verb != .cat, output != nil, outputFolder != nil].filter { $0 }.count
        guard places <= 1 else { throw .usage("only one of -c, -o and --output-dir can be meant", remedy: nil) }
        if let output, !output.isStandardStream, operands.count > 1 || recurses {
            throw .usage("-o takes one input", remedy: "use --output-dir for several")
        }
        if verb == .salvage, json, writesToStandardOutput || output?.isStandardStream == true {
            throw .usage("--json and the content cannot both go to standard output", remedy: nil)
        }
    }

    /// The source goes only when its result is certain.
    private func checkRemoval() throws(Failure) {
        guard removesSource else { return }
        if writesToStandardOutput || output?.isStandardStream == true {
            throw .usage("--rm does not go with standard output", remedy: "nobody can tell whether it arrived")
        }
        if !synchronizes { throw .usage("--rm does not go with --no-sync", remedy: "a source is removed only when its result is on disk") }
        if keepsGoing { throw .usage("--rm does not go with --keep-going", remedy: nil) }
    }
}
