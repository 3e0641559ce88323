// Conway's game of life on a torus of 16 by 8 cells: a glider, generation by generation. Embedded Swift without a heap.
//
// Compiled by Scripts/build-examples.

/// Prints a byte.
@_extern(wasm, module: "tvm", name: "output")
@_extern(c)
func output(_ byte: Int32)

/// What can be printed byte by byte.
protocol Printable {
  func print()
}

extension StaticString: Printable {
  func print() {
    withUTF8Buffer { for byte in $0 { output(Int32(byte)) } }
  }
}

extension Int: Printable {
  /// The decimal digits, the highest first.
  func print() {
    if self >= 10 { (self / 10).print() }
    output(Int32(48 + self % 10))
  }
}

/// Sixteen numbers from 0 to 3, or more.
struct Count {
  var ones: UInt16 = 0
  var twos: UInt16 = 0
  var more: UInt16 = 0

  /// Adds one where a bit is set.
  mutating func add(_ bits: UInt16) {
    let carry = ones & bits
    ones ^= bits
    more |= twos & carry
    twos ^= carry
  }
}

extension UInt16 {
  func turned(by distance: Int) -> UInt16 {
    let distance = UInt16(distance % 16)
    return distance == 0 ? self : self << distance | self >> (16 - distance)
  }
}

struct Board: Printable {
  /// The rows, a bit for each of their 16 cells.
  private var rows: InlineArray<8, UInt16>

  /// A glider in the upper left corner.
  init() {
    rows = InlineArray(repeating: 0)
    rows[0] = 0b010
    rows[1] = 0b100
    rows[2] = 0b111
  }

  var population: Int {
    var count = 0
    for row in rows.indices { count += rows[row].nonzeroBitCount }
    return count
  }

  /// The next generation: a cell lives with three living neighbours, or with two if it lived.
  var successor: Board {
    var next = self
    for row in rows.indices {
      let (above, below) = (rows[(row + 7) % 8], rows[(row + 1) % 8])
      // How many of the eight neighbours live, for all cells at once: a number of two bits, and whether there were more.
      var count = Count()
      for turn in 15...17 {
        count.add(above.turned(by: turn))
        count.add(below.turned(by: turn))
      }
      count.add(rows[row].turned(by: 1))
      count.add(rows[row].turned(by: 15))
      next.rows[row] = count.twos & ~count.more & (count.ones | rows[row])
    }
    return next
  }

  func print() {
    for row in rows.indices {
      for column in 0..<16 { output(rows[row] >> UInt16(column) & 1 == 0 ? 46 : 35) }
      output(10)
    }
  }
}

@_expose(wasm, "_start")
@_cdecl("_start")
func start() {
  var board = Board()
  for generation in 0...8 {
    if generation % 4 == 0 {
      ("generation " as StaticString).print()
      generation.print()
      (": " as StaticString).print()
      board.population.print()
      (" cells\n" as StaticString).print()
      board.print()
    }
    board = board.successor
  }
}
