/// Writes a program as C: one function that reads one token, without loops, each register a variable.
///
/// Sums add in the order of the interpreted program, so that every number is the same, but for the sign of a zero. What nearly all tokens
/// have in common is a constant in the code, which declines the others.
struct CodeWriter {
  let program: SparseProgram
  let outputHead: SparseOutputHead
  /// Registers that are constants, and their numbers.
  private let constants: [Int: Double]
  private(set) var lines: [String] = []

  /// The name of the function, a `CompiledCode.Step`.
  static let functionName = "tvm_step"

  /// The name of the function that returns the interface that the code was written for.
  static let interfaceName = "tvm_interface"

  /// Changes whenever what is written here, or the structures of the state, change their meaning.
  static let interface = 1_000 * MemoryLayout<RunState>.size + 4

  /// The whole source.
  static func source(of model: PlannedModel) -> String {
    var writer = CodeWriter(program: model.program, outputHead: model.outputHead)
    writer.writeFunction()
    let step = CodePrelude.text + "\n" + writer.lines.joined(separator: "\n") + "\n"
    return model.blocks.code.map { step + BlockCodeWriter.source(of: model, $0) } ?? step
  }

  private init(program: SparseProgram, outputHead: SparseOutputHead) {
    self.program = program
    self.outputHead = outputHead
    constants = program.constants
  }

  mutating func write(_ line: String) {
    lines.append(line)
  }

  /// The variable or constant of a register.
  func name(_ register: some BinaryInteger) -> String {
    constants[Int(register)].map { "\($0)" } ?? "r\(register)"
  }

  private mutating func writeFunction() {
    write("long \(Self.interfaceName)(void) { return 1000 * sizeof(struct state) + \(Self.interface % 1_000); }")
    writeTokenTable()
    write(
      "long \(Self.functionName)(struct state *s, long token, long position, double r\(Register.inverseLog.index)) {")
    write("double r\(Register.position.index) = (double)position;")
    write("double r\(Register.square.index) = r\(Register.position.index) * r\(Register.position.index);")
    write("double *row = s->stored + position * \(program.columns.count);")
    write("const double *embedding = s->embedding + token * \(program.embeddingColumns);")
    for column in 0..<program.embeddingColumns {
      let register = SparseProgram.firstEmbeddingRegister + column
      if let constant = constants[register] {
        write("if (embedding[\(column)] != \(constant)) return \(CompiledCode.declined);")
      } else {
        write("double r\(register) = embedding[\(column)];")
      }
    }
    for level in program.levels { write(level) }
    writeOutputHead()
    write("}")
  }

  private mutating func write(_ level: SparseProgram.Level) {
    for function in level.functions { write(function) }
    for sum in level.sums { write(program.sums[sum]) }
    for (place, unit) in level.units.enumerated() {
      let unit = program.units[unit]
      write("double r\(level.unitDestination + place) = unit(\(name(unit.gate)), \(name(unit.value)));")
    }
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

  private mutating func write(_ group: SparseProgram.SumGroup) {
    for sum in 0..<group.count {
      let first = group.firstProduct + sum * group.length
      let products = self.sum(program.products[first..<first + group.length])
      let base = program.bases[group.firstBase + sum]
      let isBare = Int(base) == Register.zero.index
      write("double r\(group.destination + sum) = \(isBare ? products : "\(name(base)) + (\(products))");")
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
