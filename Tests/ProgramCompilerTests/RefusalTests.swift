import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// What cannot be compiled is refused by name and byte offset.
struct RefusalTests {
  private func message(_ module: Module, input: [UInt8] = []) -> String {
    do {
      _ = try ProgramCompiler().compile(module, input: input)
      return "no error"
    } catch {
      return error.description
    }
  }

  /// A body at offset 100, whose second instruction is the one in question.
  private func message(_ body: [Operation], locals: Int = 0, of type: ValueType = .i32) -> String {
    message(ModuleSketch.module([ModuleSketch.function(1, locals: locals, of: type, body, offset: 100)]))
  }

  private static let place = ", in function 1 at byte 101 (0x65)"
  private static let notSupported = "is not supported by the base profile"

  @Test(arguments: [
    (Operation.f32Const(bitPattern: 0), "f32.const"),
    (.f64Const(bitPattern: 0), "f64.const"), (.memoryGrow, "memory.grow"), (.memoryCopy, "memory.copy"),
    (.memoryFill, "memory.fill"), (.memoryInit(0), "memory.init"), (.dataDrop(0), "data.drop"),
    (.tableInit(0), "table.init"), (.tableCopy, "table.copy"), (.elemDrop(0), "elem.drop"),
    (.numeric(.i64Add), "i64.add"), (.numeric(.f32Sqrt), "f32.sqrt"), (.numeric(.i64ExtendI32S), "i64.extend_i32_s"),
    (.load(.i64Load8U, MemoryArgument(alignment: 0, offset: 0)), "i64.load8_u"),
    (.load(.f32Load, MemoryArgument(alignment: 0, offset: 0)), "f32.load"),
    (.store(.i64Store8, MemoryArgument(alignment: 0, offset: 0)), "i64.store8"),
    (.block(.result(.i64)), "a value of type i64"),
  ])
  func instructions(operation: Operation, name: String) {
    #expect(message([.const(0), operation]) == "\(name) \(Self.notSupported)\(Self.place)")
  }

  @Test func nothingIsRefusedThatIsNeverReached() throws {
    _ = try ProgramCompiler().compile(
      ModuleSketch.module([.return, .i64Const(1), .numeric(.f32Sqrt), .block(.result(.f64)), .memoryGrow, .end]))
    _ = try ProgramCompiler().compile(
      ModuleSketch.module([ModuleSketch.function(1, []), ModuleSketch.function(1, [.memoryGrow])]))
  }

  @Test func localVariables() {
    #expect(
      message([], locals: 1, of: .f64) == "a value of type f64 \(Self.notSupported), in function 1 at byte 100 (0x64)")
    #expect(
      message([], locals: 65)
        == "a function needs 65 local variables; the base profile has 64, in function 1 at byte 100 (0x64)")
    #expect(message([], locals: 64) == "no error")
    #expect(message([], locals: Int(UInt32.max)).hasPrefix("a function needs 4294967295 local variables"))
    // The shift needs a scratch variable beside its 64 own ones.
    let shift: [Operation] = [
      .const(0), .load(0), .const(3), .numeric(.i32Shl), .output,
    ]
    #expect(message(shift, locals: 64).hasPrefix("a function needs 65 local variables"))
    #expect(message(shift, locals: 63) == "no error")
  }

  /// Values of 64 bits are moved, not computed with.
  @Test(arguments: [
    ([Operation.i64Const(1), .i64Const(2), .numeric(.i64Add), .drop], "i64.add \(notSupported)"),
    ([.i64Const(1), .i64Const(31), .numeric(.i64ShrU), .drop], "i64.shr_u \(notSupported)"),
    ([.i64Const(1), .numeric(.i64Eqz), .drop], "i64.eqz \(notSupported)"),
    ([.i64Const(1), .output], "invalid module: expected no i64 operand for call"),
    ([.i64Const(1), .const(1), .numeric(.i32Add), .drop], "invalid module: expected no i64 operand for i32.add"),
    ([.const(1), .const(1), .numeric(.i32WrapI64), .drop], "invalid module: expected an i64 operand for i32.wrap_i64"),
    ([.const(1), .i64Const(1), .const(0), .select, .drop], "invalid module: expected an i64 operand for select"),
    ([.const(0), .const(1), .i64Store(0)], "invalid module: expected an i64 operand for i64.store"),
    ([.i64Const(0), .i64Const(1), .i64Store(0)], "invalid module: expected an i64 operand for i64.store"),
    ([.i64Const(0), .i64Load(0), .drop], "invalid module: expected no i64 operand for i64.load"),
    ([.i64Const(0), .localSet(0)], "invalid module: expected no i64 operand for local.set"),
    ([.i64Const(1), .block(.empty), .drop, .end, .drop], "invalid module: expected an i64 operand for drop"),
    ([.block(.result(.i32)), .i64Const(0), .br(0), .end, .drop], "invalid module: expected no i64 operand for br"),
    ([.i64Const(0)], "invalid module: expected 0 operands at end, not 2"),
  ])
  func doubleWords(body: [Operation], expected: String) {
    let found = message(body, locals: 1)
    #expect(found.hasPrefix(expected) && found.contains(", in function 1 at byte 10"), "\(found)")
  }

  /// Where a module says what its functions are called, the error says it too; whatever else is in such a section does no harm.
  @Test func namesOfFunctions() {
    var module = ModuleSketch.module([ModuleSketch.function(1, [.memoryGrow], offset: 100)])
    let names: [UInt8] = [0, 2, 1, 65, 1, 10, 2, 0, 1, 65, 1, 4, 98, 10, 33, 100]
    module.customSections = [CustomSection(name: "name", contents: names, offset: 0)]
    #expect(message(module) == "memory.grow \(Self.notSupported), in function 'b\\n!d' at byte 100 (0x64)")
    for length in 0..<names.count {
      module.customSections[0].contents = Array(names.prefix(length))
      #expect(message(module).contains(length < 5 ? "function 1 at" : "function "))
    }
  }

  @Test func startFunctions() {
    var module = ModuleSketch.module([])
    module.start = Start(function: 0, offset: 55)
    let expected = "invalid module: expected a start function that takes and gives nothing at byte 55 (0x37)"
    #expect(message(module) == expected)
    module.start = Start(function: 9, offset: 55)
    #expect(message(module) == "invalid module: expected a function index below 2, not 9 at byte 55 (0x37)")
  }

  @Test func imports() {
    var module = ModuleSketch.module([])
    module.imports.append(Import(module: "env", name: "clock", kind: .function(1), offset: 7))
    #expect(message(module) == "the import 'env.clock' \(Self.notSupported) at byte 7 (0x7)")
    module = ModuleSketch.module([])
    module.imports.append(
      Import(module: "tvm", name: "output", kind: .memory(MemoryType(limits: Limits(minimum: 1), offset: 0)), offset: 9)
    )
    #expect(message(module) == "the import 'tvm.output' \(Self.notSupported) at byte 9 (0x9)")
    module = ModuleSketch.module([])
    module.imports[0].kind = .function(1)
    #expect(
      message(module)
        == "invalid module: expected 'tvm.output' to take one i32 and to give nothing at byte 0 (0x0)")
  }

  @Test func namesStayOnTheirLine() {
    var module = ModuleSketch.module([])
    module.imports.append(Import(module: "a\nb", name: "c\u{2028}", kind: .function(1), offset: 7))
    #expect(message(module) == "the import 'a\\nb.c\\u{2028}' \(Self.notSupported) at byte 7 (0x7)")
  }

  @Test func entry() {
    let expected =
      "the module has nothing to run: expected an exported function 'compute' that takes one i32 or nothing"
    var module = ModuleSketch.module([ModuleSketch.function(1, [])])
    module.exports = []
    #expect(message(module) == expected)
    module.exports = [Export(name: "compute", kind: .memory(0), offset: 3)]
    #expect(message(module) == expected)
    module.exports = [Export(name: "compute", kind: .function(1), offset: 3)]
    module.types[1].parameters = [.i32, .i32]
    #expect(message(module) == expected + " at byte 3 (0x3)")
    module.types[1].parameters = [.f32]
    #expect(message(module).hasPrefix("a value of type f32"))
  }

  @Test func memories() {
    var module = ModuleSketch.module([ModuleSketch.function(1, [])], pages: 1024)
    #expect(message(module) == "a memory of 1024 pages \(Self.notSupported) at byte 0 (0x0)")
    module.memories[0].limits.minimum = 1023
    #expect(message(module) == "no error")
    module.memories[0].limits.minimum = 65_536
    #expect(message(module).hasPrefix("a memory of 65536 pages"))
    module.memories = Array(repeating: MemoryType(limits: Limits(minimum: 1), offset: 5), count: 2)
    #expect(message(module) == "a second memory \(Self.notSupported) at byte 5 (0x5)")
    module.memories = []
    #expect(message(module) == "no error")
    module.functions[0] = ModuleSketch.function(1, [.const(0), .load(0), .drop], offset: 100)
    #expect(message(module) == "invalid module: expected a memory\(Self.place)")
  }

  @Test func dataSegments() {
    var module = ModuleSketch.module([ModuleSketch.function(1, [])])
    let offset = [Operation.const(65_535), .end].map { Instruction($0, offset: 0) }
    module.data = [DataSegment(mode: .active(memory: 0, offset: offset), bytes: [1], offset: 4)]
    #expect(message(module) == "no error")
    module.data[0].bytes = [0, 0]
    #expect(
      message(module)
        == "invalid module: expected a data segment within the 65536 bytes of memory 0 at byte 4 (0x4)")
    module.data[0].mode = .passive
    #expect(message(module) == "no error")
  }

  @Test func input() {
    let taking = ModuleSketch.module([ModuleSketch.function(1, [])], entryTakesInput: true)
    #expect(message(taking, input: Array("a b\n\u{e9}".utf8)) == "no error")
    #expect(message(taking, input: [1, 2, 0]).contains("zero byte at offset 2"))
    let notTaking = ModuleSketch.module([ModuleSketch.function(1, [])])
    #expect(message(notTaking, input: [1]).contains("reads no input"))
  }

  /// Modules that decode but are not valid end in an error, never in a crash.
  @Test(arguments: [
    ([Operation.numeric(.i32Add)], "2 operands for i32.add, not 0"),
    ([.const(1), .select], "3 operands for select, not 1"),
    ([.drop], "1 operands for drop, not 0"),
    ([.const(1)], "0 operands at end, not 1"),
    ([.br(1)], "a label below 1, not 1"),
    ([.const(0), .brIf(5)], "a label below 1, not 5"),
    ([.localGet(0)], "a local index below 0, not 0"),
    ([.const(0), .localSet(9)], "a local index below 0, not 9"),
    ([.globalGet(0)], "a global index below 0, not 0"),
    ([.call(9)], "a function index below 2, not 9"),
    ([.call(0)], "1 operands for call, not 0"),
    ([.const(0), .callIndirect(7)], "a type index below 2, not 7"),
    ([.const(0), .callIndirect(1)], "a table"),
    ([.block(.type(7))], "a type index below 2, not 7"),
    ([.else], "else inside an if"),
    ([.end], "no instruction behind the function's end"),
    ([.block(.empty)], "an end for every structured instruction"),
    ([.const(1), .block(.empty), .drop, .end], "1 operands for drop, not 0"),
    ([.const(1), .if(.result(.i32)), .const(1), .end], "an else, as the if changes the number of operands"),
    ([.const(1), .if(.result(.i32)), .else, .const(1), .end], "1 operands at else, not 0"),
  ])
  func invalidModules(body: [Operation], expected: String) {
    #expect(message(body).hasPrefix("invalid module: expected \(expected)"))
  }

  @Test func immutableGlobals() {
    var module = ModuleSketch.module([ModuleSketch.function(1, [.const(0), .globalSet(0)], offset: 100)])
    module.globals = [
      Global(
        type: GlobalType(value: .i32, isMutable: false),
        initialValue: [.const(1), .end].map { Instruction($0, offset: 0) }, offset: 0)
    ]
    #expect(message(module) == "invalid module: expected a mutable global, not 0\(Self.place)")
    module.globals[0].type.value = .i64
    #expect(message(module) == "a value of type i64 \(Self.notSupported) at byte 0 (0x0)")
  }
}
