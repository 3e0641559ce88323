import Transformer

/// The functions that encoded code calls, by their addresses: what heads and tables do in nearly all cases, with the run's state alone.
///
/// What they cannot do quickly they leave to the functions of the state. Encoded code passes arguments as C does, integers and
/// numbers each in their order.
enum StateCalls {
  private typealias Insert = @convention(c) (UnsafeMutableRawPointer, Int, Int, Double, Double, Double, Double) -> Void
  private typealias Find = @convention(c) (UnsafeMutableRawPointer, Int, Double, Double) -> UnsafeMutableRawPointer?
  private typealias Attend =
    @convention(c) (UnsafeMutableRawPointer, UnsafeMutablePointer<Double>, Double, Double, Double, Double) -> Void
  private typealias Named = @convention(c) (Int, Double, Double) -> Int
  private typealias SearchedRow = @convention(c) (UnsafeMutableRawPointer, Int, Double, Double) -> Int
  private typealias Results =
    @convention(c) (UnsafeMutableRawPointer, Int, Int, Int, Int, Double, Double) -> UnsafePointer<Double>?

  private static func state(_ address: UnsafeMutableRawPointer) -> UnsafeMutablePointer<RunState> {
    address.assumingMemoryBound(to: RunState.self)
  }

  /// Takes a key and its values into a hull or its index: the state, the hull, the position, the key and the values.
  static let insert = unsafeBitCast(
    { address, hull, position, keyX, keyY, x, y in
      let state = state(address)
      if let index = state.pointee.indexes[hull],
        index.pointee.take(key: SIMD2(keyX, keyY), value: SIMD2(x, y), position: position)
      {
        return
      }
      state.pointee.insert(state.pointee.memory, hull, keyX, keyY, x, y, position)
    } as Insert, to: UInt.self)

  /// The `KeyEntry` that a query attends to; nil when that takes a search: the state, the hull and the query.
  static let find = unsafeBitCast(
    { address, hull, x, y in
      guard let index = state(address).pointee.indexes[hull] else { return nil }
      return UnsafeMutableRawPointer(index.pointee.entry(for: SIMD2(x, y)))
    } as Find, to: UInt.self)

  /// Takes a key and its values into a `LineMemory` and writes what a query attends to, the latest of equal keys: the memory, where the
  /// result goes, the key, the query and the values.
  static let attendToLatest = unsafeBitCast(
    { line, result, key, query, x, y in attend(line, result, key, query, SIMD2(x, y), .latest) } as Attend,
    to: UInt.self)

  /// The same with the mean of equal keys' values.
  static let attendToMean = unsafeBitCast(
    { line, result, key, query, x, y in attend(line, result, key, query, SIMD2(x, y), .average) } as Attend,
    to: UInt.self)

  @inline(__always)
  private static func attend(
    _ line: UnsafeMutableRawPointer, _ result: UnsafeMutablePointer<Double>, _ key: Double, _ query: Double,
    _ value: SIMD2<Double>, _ rule: TransformerLayer.TieRule
  ) {
    let line = line.assumingMemoryBound(to: LineMemory.self)
    line.pointee.insert(key: key, value: value, rule: rule)
    let values = line.pointee.query(query)
    (result[0], result[1]) = (values.x, values.y)
  }

  /// The position that a gathering head's query names, −1 when it takes comparisons to tell: the last position and the query.
  static let named = unsafeBitCast(
    { last, x, y in PositionParabola.winner(SIMD2(x, y), last: last) ?? -1 } as Named, to: UInt.self)

  /// The row of the selector's table, where its head has to compare keys: the state, the position and the query.
  static let searchedRow = unsafeBitCast(
    { address, position, x, y in
      let memory = RunMemory.from(state(address).pointee.memory)
      guard let selector = memory.model.common.selector else { return 0 }
      let head = memory.model.program.gathers[selector.gather]
      let values = memory.attend(selector.gather, head, SIMD2(x, y), position: position)
      return selector.pairs.firstIndex(of: values) ?? 0
    } as SearchedRow, to: UInt.self)

  /// The results of a function in the place of neurons: the state, the function, its lowest argument, the number of arguments that its
  /// table has, the number of its results, the argument and `one`.
  static let results = unsafeBitCast(
    { address, function, lowest, count, width, argument, one in
      let state = state(address)
      if one == 1, argument >= Double(lowest), argument < Double(lowest + count) {
        let whole = Int(argument)
        if Double(whole) == argument { return state.pointee.tables[function] + (whole - lowest) * width }
      }
      return state.pointee.evaluate(state.pointee.memory, function, argument, one)
    } as Results, to: UInt.self)
}
