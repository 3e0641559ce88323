import WebAssembly

/// How the instructions of an instance reach its memory.
enum MemoryAccess {
  /// It is the program's.
  case whole
  /// It is what the program's memory holds from a page on, up to its end.
  case last(base: UInt32, MemoryFunctions)
  /// It ends before the program's memory does; a global holds its size.
  case inner(pages: GlobalIndex, MemoryFunctions)

  /// - Parameter isLast: whether no other memory lies behind this one.
  init(_ region: MemoryRegion, isLast: Bool, _ merged: inout MergedDefinitions) {
    if isLast {
      let size: [Operation] = [.memorySize, .i32Const(Int32(bitPattern: region.base)), .numeric(.i32Sub)]
      let functions = MemoryFunctions(region, size: size, growth: MemoryFunctions.growth(ofLast: region), &merged)
      self = region.base == 0 ? .whole : .last(base: region.base, functions)
    } else {
      let pages = merged.addGlobal(region.minimum)
      let growth = MemoryFunctions.growth(ofInner: region, pages: pages)
      self = .inner(pages: pages, MemoryFunctions(region, size: [.globalGet(pages)], growth: growth, &merged))
    }
  }
}

/// The functions that do for one of several memories what an instruction does for a single one.
struct MemoryFunctions {
  /// From an address and the number of bytes from there to the access's end to the program's address, or a trap.
  let check: FunctionIndex
  /// `memory.grow`
  let grow: FunctionIndex
  /// `memory.fill`
  let fill: FunctionIndex
  /// `memory.copy`
  let copy: FunctionIndex

  /// - Parameters:
  ///   - size: instructions that push the size, in pages.
  ///   - growth: the body of ``grow``.
  init(_ region: MemoryRegion, size: [Operation], growth: [Operation], _ merged: inout MergedDefinitions) {
    let three = FunctionType(parameters: [.i32, .i32, .i32], results: [])
    check = merged.addFunction(
      FunctionType(parameters: [.i32, .i32], results: [.i32]), locals: [.i32], Self.check(region, size: size))
    grow = merged.addFunction(FunctionType(parameters: [.i32], results: [.i32]), growth)
    fill = merged.addFunction(
      three, [.localGet(0), .localGet(2), .call(check), .localGet(1), .localGet(2), .memoryFill, .end])
    copy = merged.addFunction(
      three,
      [
        .localGet(0), .localGet(2), .call(check), .localGet(1), .localGet(2), .call(check), .localGet(2), .memoryCopy,
        .end,
      ])
  }

  /// Variable 0 is the address, 1 the number of bytes, 2 the size of memory in bytes.
  private static func check(_ region: MemoryRegion, size: [Operation]) -> [Operation] {
    let isTooLong: [Operation] = [
      .i32Const(16), .numeric(.i32Shl), .localTee(2), .localGet(1), .numeric(.i32LtU),
    ]
    let isTooFar: [Operation] = [
      .localGet(0), .localGet(2), .localGet(1), .numeric(.i32Sub), .numeric(.i32GtU),
    ]
    // Behind all memory there can be.
    let trap: [Operation] = [
      .if(.empty), .i32Const(-1), .load(.i32Load8U, MemoryArgument(alignment: 0, offset: 0)), .drop, .end,
    ]
    let address: [Operation] = [.localGet(0), .i32Const(Int32(bitPattern: region.base << 16)), .numeric(.i32Add), .end]
    return size + isTooLong + trap + isTooFar + trap + address
  }

  /// Variable 0 is the number of pages to add.
  static func growth(ofLast region: MemoryRegion) -> [Operation] {
    [
      .localGet(0), .memoryGrow, .localTee(0), .i32Const(-1), .numeric(.i32Eq),
      .if(.result(.i32)), .i32Const(-1), .else,
      .localGet(0), .i32Const(Int32(bitPattern: region.base)), .numeric(.i32Sub), .end, .end,
    ]
  }

  /// Variable 0 is the number of pages to add.
  static func growth(ofInner region: MemoryRegion, pages: GlobalIndex) -> [Operation] {
    let isTooMuch: [Operation] = [
      .localGet(0), .i32Const(Int32(bitPattern: region.maximum)), .globalGet(pages), .numeric(.i32Sub),
      .numeric(.i32GtU),
    ]
    return isTooMuch + [
      .if(.empty), .i32Const(-1), .return, .end,
      .globalGet(pages), .localGet(0), .globalGet(pages), .numeric(.i32Add), .globalSet(pages), .end,
    ]
  }
}
