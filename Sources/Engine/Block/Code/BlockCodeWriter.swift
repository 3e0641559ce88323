/// Writes a program as C for blocks: for each segment a function that computes it for all positions of a block, without loops but those
/// over lanes and heads' searches.
///
/// Within a segment a register is a variable; what heads or other segments read is also in the row that `RowAssignment` gives it. Numbers are
/// those of `CodeWriter`'s code; blocks with tokens that it declines must be computed otherwise.
struct BlockCodeWriter {
  let program: SparseProgram
  let outputHead: SparseOutputHead
  let layout: BlockCodeLayout
  let segment: BlockSegment
  /// The segment's lines, and the variables that are declared so far.
  private(set) var lines: [String] = []
  private var declared: Set<Int> = []
  private var declaredColumns: Set<Int> = []

  /// The name of the function, a `CompiledCode.Block`.
  static let functionName = "tvm_block"

  /// The source behind that of `CodeWriter`.
  static func source(of model: PlannedModel, _ layout: BlockCodeLayout) -> String {
    let segments = layout.segments
    var lines: [String] = [BlockPrelude.text]
    for segment in segments {
      var writer = BlockCodeWriter(
        program: model.program, outputHead: model.outputHead, layout: layout, segment: segment)
      writer.writeFunction()
      lines += writer.lines
    }
    lines.append("long \(functionName)(struct state *s, struct block *b, long segment) {")
    lines.append("switch (segment) {")
    lines += segments.map { "case \($0.number): return segment_\($0.number)(s, b);" }
    lines.append("}")
    lines.append("return 0;")
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  private init(
    program: SparseProgram, outputHead: SparseOutputHead, layout: BlockCodeLayout, segment: BlockSegment
  ) {
    self.program = program
    self.outputHead = outputHead
    self.layout = layout
    self.segment = segment
  }

  mutating func write(_ line: String) {
    lines.append(line)
  }

  mutating func enter(_ part: BlockProfile.Part) {
    write("ENTER(\(part.rawValue));")
  }

  private mutating func writeFunction() {
    write("static __attribute__((noinline)) long segment_\(segment.number)(struct state *s, struct block *b) {")
    write("double *rows = b->rows; const long first = b->first, count = b->count;")
    if segment.isFirst { writeEmbedding() }
    writeFunctions()
    declareKeptArrays()
    enter(.rows)
    write("for (long lane = 0; lane < WIDTH; lane += LANES) {")
    writeSelection()
    for (destination, operation) in layout.common.levels[segment.levels].joined() {
      define(destination, operation)
    }
    writeNaming()
    writeStores()
    write("}")
    writeHeads()
    if segment.isLast { writeOutputHead() }
    write("return 0;")
    write("}")
  }
}

// Rows and variables.
extension BlockCodeWriter {
  /// The vector of a register, declared if it is not, or the number that it always is.
  mutating func vector(_ register: some BinaryInteger) -> String {
    vector(layout.common.operand(register))
  }

  private mutating func vector(_ operand: CommonProgram.Operand) -> String {
    switch operand {
    case .constant(let number): return "\(number)"
    case .register(let register):
      if declared.insert(register).inserted { write("lanes r\(register) = \(given(register));") }
      return "r\(register)"
    case .column(let column):
      if declaredColumns.insert(column).inserted {
        write("#define COLUMN(i) selected[i][\(column)]")
        write("lanes c\(column) = EACH(COLUMN);")
        write("#undef COLUMN")
      }
      return "c\(column)"
    }
  }

  /// Finds the rows of the selected tokens, where columns are read.
  private mutating func writeSelection() {
    guard let selector = layout.common.selector, !layout.common.columns.isEmpty,
      segment.reads.contains(selector.destination)
    else {
      return
    }
    // Behind the last position rows hold anything.
    write(
      "#define SELECTED(i) selected_rows[lane + i < count ? (long)\(place(selector.destination, "(lane + i)")) : 0]")
    write("const double *selected[LANES] = EACH(SELECTED);")
    write("#undef SELECTED")
  }

  /// What a register is that is not computed in this segment.
  private func given(_ register: Int) -> String {
    switch register {
    case Register.position.index: "positions(first + lane)"
    case Register.square.index: "positions(first + lane) * positions(first + lane)"
    default: "AT(\(layout.row(of: register)))"
    }
  }

  /// Declares the vector of a register that is computed here.
  private mutating func define(_ register: Int, _ operation: CommonProgram.Operation) {
    let expression: String
    var isExact = false
    switch operation {
    case .unit(.constant(let gate), let value): expression = "\(max(gate, 0)) * \(vector(value))"
    case .unit(let gate, let value):
      let gate = vector(gate)
      expression = "open(\(gate)) * \(vector(value))"
    case .sum(let base, let terms, let isRounded):
      isExact = isRounded
      let base = base.map { vector($0) }
      let products = terms.map { $0.text(vector($0.weight), vector($0.factor)) }
      expression = CommonProgram.text(ofSum: products, addedTo: base)
    }
    declared.insert(register)
    write("lanes r\(register); \(isExact ? "EXACT" : "ROUNDED")(r\(register) = (lanes)(\(expression)))")
  }

  /// The number of a register at one lane.
  func scalar(_ register: some BinaryInteger) -> String {
    switch layout.common.operand(register) {
    case .constant(let number): "\(number)"
    case .register(Register.position.index): "(double)(first + lane)"
    case .register(Register.square.index): "((double)(first + lane) * (double)(first + lane))"
    case .register(let register): place(register)
    case .column(let column):
      "selected_rows[(long)\(layout.common.selector.map { place($0.destination) } ?? "0")][\(column)]"
    }
  }

  /// Where a register's number at one lane is kept.
  func place(_ register: Int, _ lane: String = "lane") -> String {
    "rows[\(layout.row(of: register)) * WIDTH + \(lane)]"
  }

  /// Products of the program, added from left to right.
  mutating func sum(_ products: some Collection<SparseProgram.PackedProduct>) -> String {
    guard !products.isEmpty else { return "0.0" }
    return products.map { product in
      let factor = vector(product.register)
      return product.weight == 1 ? factor : "\(product.weight) * \(factor)"
    }.joined(separator: " + ")
  }

  /// Puts into their rows what is computed here and read elsewhere.
  private mutating func writeStores() {
    for register in segment.stored {
      let vector = vector(register)
      write("AT(\(layout.row(of: register))) = (lanes)(\(vector));")
    }
  }

  private mutating func writeEmbedding() {
    enter(.embedding)
    let columns = (0..<program.embeddingColumns).filter { column in
      let register = SparseProgram.firstEmbeddingRegister + column
      return layout.common.register(register) == register && layout.isRead(register)
    }
    guard !columns.isEmpty else { return }
    // Lanes behind the last position compute something, too.
    write("long places[WIDTH] = {0};")
    write("for (long lane = 0; lane < count; lane++)")
    write("places[lane] = (long)s->tokens[first + lane] * \(program.embeddingColumns);")
    write("for (long lane = 0; lane < WIDTH; lane += LANES) {")
    write("#define EMBEDDING(i) s->embedding + places[lane + i]")
    write("const double *embedding[LANES] = EACH(EMBEDDING);")
    for column in columns {
      write("#define COLUMN(i) embedding[i][\(column)]")
      write("AT(\(layout.row(of: SparseProgram.firstEmbeddingRegister + column))) = (lanes)EACH(COLUMN);")
      write("#undef COLUMN")
    }
    write("#undef EMBEDDING")
    write("}")
  }

  private mutating func writeFunctions() {
    guard let level = segment.levels.first.map({ program.levels[$0] }), !level.functions.isEmpty else { return }
    enter(.rows)
    write("for (long lane = 0; lane < count; lane++) {")
    for number in level.functions {
      let function = program.functions[number]
      write(
        "const double *f\(number) = function(s, \(number), \(scalar(function.argument)), \(scalar(function.one)), "
          + "\(function.lowest), \(function.rowCount), \(function.resultCount));")
      for result in 0..<function.resultCount where layout.isRead(function.destination + result) {
        write("\(place(function.destination + result)) = f\(number)[\(result)];")
      }
    }
    write("}")
  }
}
