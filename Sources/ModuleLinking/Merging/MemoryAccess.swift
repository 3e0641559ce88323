import WebAssembly

/// How the instructions of an instance reach its memory.
enum MemoryAccess {
  /// It is what the program's memory holds from a page on, up to its end.
  case native(base: UInt32, grow: FunctionIndex?)
  /// It ends before the program's memory does.
  ///
  /// - Parameters:
  ///   - check: the function from an address and the number of bytes from there to the access's end to the program's address, or
  ///     a trap.
  ///   - pages: the global that holds the size.
  ///   - grow: the function that does what `memory.grow` does.
  case checked(check: FunctionIndex, pages: GlobalIndex, grow: FunctionIndex)

  /// The access to a memory that is alone or the last.
  init(native region: MemoryRegion, _ merged: inout MergedDefinitions) {
    guard region.base > 0 else {
      self = .native(base: 0, grow: nil)
      return
    }
    let base = Int32(bitPattern: region.base)
    let type = FunctionType(parameters: [.i32], results: [.i32])
    let grow = merged.addFunction(
      type,
      [
        .localGet(0), .memoryGrow, .localTee(0), .i32Const(-1), .numeric(.i32Eq),
        .if(.result(.i32)), .i32Const(-1), .else, .localGet(0), .i32Const(base), .numeric(.i32Sub), .end, .end,
      ])
    self = .native(base: region.base, grow: grow)
  }

  /// The access to a memory behind which another one lies.
  init(checked region: MemoryRegion, _ merged: inout MergedDefinitions) {
    let pages = merged.addGlobal(region.minimum)
    let check = merged.addFunction(
      FunctionType(parameters: [.i32, .i32], results: [.i32]), locals: [.i32], Self.check(region, pages: pages))
    let grow = merged.addFunction(
      FunctionType(parameters: [.i32], results: [.i32]), Self.growth(region, pages: pages))
    self = .checked(check: check, pages: pages, grow: grow)
  }

  /// Variable 0 is the address, 1 the number of bytes, 2 the size of memory in bytes.
  private static func check(_ region: MemoryRegion, pages: GlobalIndex) -> [Operation] {
    let isTooLong: [Operation] = [
      .globalGet(pages), .i32Const(16), .numeric(.i32Shl), .localTee(2), .localGet(1), .numeric(.i32LtU),
    ]
    let isTooFar: [Operation] = [
      .localGet(0), .localGet(2), .localGet(1), .numeric(.i32Sub), .numeric(.i32GtU),
    ]
    // Behind all memory there can be.
    let trap: [Operation] = [
      .if(.empty), .i32Const(-1), .load(.i32Load8U, MemoryArgument(alignment: 0, offset: 0)), .drop, .end,
    ]
    let address: [Operation] = [.localGet(0), .i32Const(Int32(bitPattern: region.base << 16)), .numeric(.i32Add), .end]
    return isTooLong + trap + isTooFar + trap + address
  }

  /// Variable 0 is the number of pages to add.
  private static func growth(_ region: MemoryRegion, pages: GlobalIndex) -> [Operation] {
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
