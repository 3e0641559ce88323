/// How many of the indices 0 ..< `count` satisfy `holds`, which is true up to some index and false from there on.
///
/// For the few dozen elements of a node: every eighth index is looked at, then each one of one group of eight. The
/// answers are added up, not branched on, because no branch predictor could guess them.
@inline(__always)
func prefixLength(_ count: Int, where holds: (Int) -> Bool) -> Int {
  var length = 0
  var last = 7
  while last < count {
    length &+= holds(last) ? 8 : 0
    last &+= 8
  }
  let end = min(length &+ 8, count)
  var index = length
  while index < end {
    length &+= holds(index) ? 1 : 0
    index &+= 1
  }
  return length
}
