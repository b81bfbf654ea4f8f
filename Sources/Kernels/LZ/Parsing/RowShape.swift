/// How many entries the rows of a ``RowHash`` have: a type and not a figure, so that the search is compiled for each.
package protocol RowShape {
    /// Base-2 logarithm of the number of entries, at least 3.
    static var widthLogarithm: Int { get }
}

package enum RowOf8: RowShape {
    package static var widthLogarithm: Int {
        @inline(__always) get { 3 }
    }
}

package enum RowOf16: RowShape {
    package static var widthLogarithm: Int {
        @inline(__always) get { 4 }
    }
}

package enum RowOf32: RowShape {
    package static var widthLogarithm: Int {
        @inline(__always) get { 5 }
    }
}
