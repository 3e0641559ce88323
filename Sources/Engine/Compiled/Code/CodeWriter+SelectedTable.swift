/// The table of what depends on the selected token alone.
extension CodeWriter {
  /// Writes the table, the row of each token, and how rows are found.
  mutating func writeSelectedTable() {
    guard let selector = common.selector, !common.columns.isEmpty else { return }
    write("static const double selected_rows[][\(common.columns.count)] = {")
    for row in selector.pairs.indices { write("{\(common.columns.map { "\($0[row])" }.joined(separator: ","))},") }
    write("};")
    write("static const double selected_pairs[][2] = {")
    write(selector.pairs.map { "{\($0.x),\($0.y)}" }.joined(separator: ","))
    write("};")
    write(
      "static const unsigned short row_of_token[] = {\(selector.rowOfToken.map(String.init).joined(separator: ","))};")
    write("/* The row of what the head returns, where it has to be searched. */")
    write("static __attribute__((noinline)) long searched_row(struct state *s, double x, double y, long position) {")
    write("double found[2];")
    write("s->gather(s->memory, \(selector.gather), x, y, position, found);")
    write("long row = \(selector.pairs.count - 1);")
    write("while (row > 0 && (selected_pairs[row][0] != found[0] || selected_pairs[row][1] != found[1])) row--;")
    write("return row;")
    write("}")
  }

  /// Finds the row of the selected token, and what the head itself returns where the output head reads that.
  mutating func writeSelection(_ head: GatherHead) {
    let (x, y) = (name(head.query.x), name(head.query.y))
    write("long selected_position = named(\(x), \(y), position);")
    write("long selected_row = __builtin_expect(selected_position >= 0, 1)")
    write("  ? row_of_token[s->tokens[selected_position]] : searched_row(s, \(x), \(y), position);")
    write("const double *selected = selected_rows[selected_row];")
    for lane in 0...1 where common.operand(head.destination + lane) == .register(head.destination + lane) {
      write("double r\(head.destination + lane) = selected_pairs[selected_row][\(lane)];")
    }
  }
}
