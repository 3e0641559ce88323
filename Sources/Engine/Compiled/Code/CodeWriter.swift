/// Writes a program as C: one function that reads one token, without loops, each register a variable.
///
/// Sums add in the order of the interpreted program, so that every number is the same, but for the sign of a zero. What nearly all tokens
/// have in common is a constant in the code, which declines the others.
struct CodeWriter {
  let program: SparseProgram
  let common: CommonProgram
  let outputHead: SparseOutputHead
  private(set) var lines: [String] = []

  /// The name of the function, a `CompiledCode.Step`.
  static let functionName = "tvm_step"

  /// The name of the function that returns the interface that the code was written for.
  static let interfaceName = "tvm_interface"

  /// Changes whenever what is written here, or the structures of the state, change their meaning.
  static let interface = 1_000 * MemoryLayout<RunState>.size + 4

  /// The whole source.
  static func source(of model: PlannedModel) -> String {
    var writer = CodeWriter(program: model.program, common: model.common, outputHead: model.outputHead)
    writer.writeFunction()
    let step = CodePrelude.text + "\n" + writer.lines.joined(separator: "\n") + "\n"
    return model.blocks.code.map { step + BlockCodeWriter.source(of: model, $0) } ?? step
  }

  private init(program: SparseProgram, common: CommonProgram, outputHead: SparseOutputHead) {
    self.program = program
    self.common = common
    self.outputHead = outputHead
  }

  mutating func write(_ line: String) {
    lines.append(line)
  }

  /// The variable, constant or column of a register.
  func name(_ register: some BinaryInteger) -> String {
    name(common.operand(register))
  }

  func name(_ operand: CommonProgram.Operand) -> String {
    switch operand {
    case .constant(let number): "\(number)"
    case .register(let register): "r\(register)"
    case .column(let column): "selected[\(column)]"
    }
  }

  private mutating func writeFunction() {
    write("long \(Self.interfaceName)(void) { return 1000 * sizeof(struct state) + \(Self.interface % 1_000); }")
    writeTokenTable()
    writeSelectedTable()
    write(
      "long \(Self.functionName)(struct state *s, long token, long position, double r\(Register.inverseLog.index)) {")
    write("double r\(Register.position.index) = (double)position;")
    write("double r\(Register.square.index) = r\(Register.position.index) * r\(Register.position.index);")
    write("double *row = s->stored + position * \(program.columns.count);")
    write("const double *embedding = s->embedding + token * \(program.embeddingColumns);")
    let constants = program.constants
    for column in 0..<program.embeddingColumns {
      let register = SparseProgram.firstEmbeddingRegister + column
      if let constant = constants[register] {
        write("if (embedding[\(column)] != \(constant)) return \(CompiledCode.declined);")
      } else {
        write("double r\(register) = embedding[\(column)];")
      }
    }
    for level in program.levels.indices { writeLevel(level) }
    writeOutputHead()
    write("}")
  }

  private mutating func writeLevel(_ number: Int) {
    let level = program.levels[number]
    for function in level.functions { write(function) }
    for (destination, operation) in common.levels[number] { write(operation, destination) }
    for column in level.columns { write("row[\(column)] = \(name(program.columns[column]));") }
    for hull in level.insertions { writeInsertion(hull) }
    for line in level.lines { writeLine(line) }
    for gather in level.gathers { writeGather(gather) }
    for search in level.searches { writeSearch(search) }
  }

  private mutating func write(_ number: Int) {
    let function = program.functions[number]
    write(
      "const double *f\(number) = function(s, \(number), \(name(function.argument)), \(name(function.one)), "
        + "\(function.lowest), \(function.rowCount), \(function.resultCount));")
    for result in 0..<function.resultCount {
      write("double r\(function.destination + result) = f\(number)[\(result)];")
    }
  }

  private mutating func write(_ operation: CommonProgram.Operation, _ destination: Int) {
    switch operation {
    case .unit(let gate, let value): write("double r\(destination) = unit(\(name(gate)), \(name(value)));")
    case .sum(let base, let terms, let isExact):
      let products = terms.map { $0.text(name($0.weight), name($0.factor)) }
      let sum = CommonProgram.text(ofSum: products, addedTo: base.map { name($0) })
      write("double r\(destination); \(isExact ? "EXACT" : "ROUNDED")(r\(destination) = \(sum))")
    }
  }

  /// Products, added from left to right.
  func sum(_ products: some Collection<SparseProgram.PackedProduct>) -> String {
    guard !products.isEmpty else { return "0.0" }
    return products.map { product in
      product.weight == 1 ? name(product.register) : "\(product.weight) * \(name(product.register))"
    }.joined(separator: " + ")
  }
}

extension CommonProgram.Term {
  /// The product of two texts for its factors, or the one that is not 1.
  func text(_ weight: String, _ factor: String) -> String {
    if factor == "1.0" { return weight }
    return self.weight == .constant(1) ? factor : "\(weight) * \(factor)"
  }
}
