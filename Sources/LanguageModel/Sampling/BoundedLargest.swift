/// The largest of the numbers put in, up to a count: a heap whose root is the smallest of them.
struct BoundedLargest {
  private var heap: [Float] = []
  private let count: Int

  /// Keeps `count` numbers, at least one.
  init(count: Int) {
    precondition(count > 0)
    self.count = count
    heap.reserveCapacity(min(count, 1024))
  }

  /// The smallest number kept; −∞ while there is room for more.
  var smallest: Float { heap.count < count ? -.infinity : heap[0] }

  /// Keeps a number if it is among the largest.
  mutating func insert(_ number: Float) {
    if heap.count < count {
      heap.append(number)
      rise(from: heap.count - 1)
    } else if number > heap[0] {
      heap[0] = number
      sink()
    }
  }

  private mutating func rise(from index: Int) {
    var index = index
    while index > 0, heap[index] < heap[(index - 1) / 2] {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  private mutating func sink() {
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      if least == index { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
