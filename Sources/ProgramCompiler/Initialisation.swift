import InstructionSet
import WebAssembly

/// What a program does before its entry function: it is what instantiating the module would be.
enum Initialisation {
  /// Words that are not zero are stored one by one: the input, the data segments and globals, the table of odd bits; then the
  /// start function is called and the entry function's argument pushed.
  ///
  /// - Parameters:
  ///   - input: whether the program reads an input: then the first instruction is `input_base`.
  ///   - table: whether some routine reads the table of odd bits.
  static func block(
    of module: Module, _ addresses: AddressSpace, input: Bool, table: Bool
  ) throws(ProgramCompilerError) -> AssemblyBlock {
    var code = AssemblyBlock()
    if input { code.append(.plain(.inputBase, addresses.input)) }
    var words = try module.initialWords(addresses)
    if table { words += WordImage(oddBitsTable(addresses)).words }
    for word in words { code.append([.const(word.address), .const(word.value), .narrowestStore(of: word.value)]) }
    if let start = module.start {
      code.append(.call(.function(start.function)))
    }
    if input { code.append(.const(addresses.input)) }
    return code
  }

  private static func oddBitsTable(_ addresses: AddressSpace) -> [UInt32: UInt8] {
    var bytes: [UInt32: UInt8] = [:]
    for byte in UInt8.min...UInt8.max where Subroutine.oddBits(byte) != 0 {
      bytes[addresses.oddBitsTable + UInt32(byte)] = Subroutine.oddBits(byte)
    }
    return bytes
  }
}

extension AssemblyItem {
  /// The store that costs the fewest tokens for a value over zeros.
  fileprivate static func narrowestStore(of value: UInt32) -> AssemblyItem {
    value > 0xffff ? .store : value > 0xff ? .store16 : .store8
  }
}
