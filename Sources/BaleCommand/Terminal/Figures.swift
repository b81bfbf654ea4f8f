internal import Measurement

/// Numbers for people: sizes, ratios, speeds, times.
enum Figures {
    /// A count of bytes in binary units with one decimal: "12.3 MiB"; below 1 KiB exact: "512 B".
    static func size(_ bytes: UInt64) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var value = Double(bytes) / 1024
        var unit = 0
        // 1023.95 would round to "1024.0".
        while value >= 1023.95, unit + 1 < units.count {
            value /= 1024
            unit += 1
        }
        return "\(fixed(value, decimals: 1)) \(units[unit])"
    }

    /// R = stored / raw and D = 1 - R, three decimals each that add up to one; "-" when there are no raw bytes.
    static func ratio(stored: UInt64, raw: UInt64) -> (ratio: String, redundancy: String) {
        guard raw > 0 else { return ("-", "-") }
        let thousandths = (Double(stored) / Double(raw) * 1000).rounded()
        return (fixed(thousandths / 1000, decimals: 3), fixed((1000 - thousandths) / 1000, decimals: 3))
    }

    /// Bytes per second in decimal units, three digits: "820 MB/s", "1.25 GB/s"; "-" when no time has passed.
    static func speed(_ bytes: UInt64, nanoseconds: UInt64) -> String {
        speed(bytesPerSecond: Double(bytes) / Double(nanoseconds) * 1e9)
    }

    /// The same for what is no measured count of bytes.
    static func speed(bytesPerSecond: Double) -> String { DecimalText.speed(bytesPerSecond) ?? "-" }

    /// A span of time: "0:07", "12:30", "3:05:09".
    static func duration(seconds: UInt64) -> String {
        let two = { (number: UInt64) in number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }

    /// A decimal number with a fixed count of decimals, rounded to nearest. Not for values beyond 2^53.
    static func fixed(_ value: Double, decimals: Int) -> String {
        DecimalText.fixed(value, decimals: decimals)
    }
}
