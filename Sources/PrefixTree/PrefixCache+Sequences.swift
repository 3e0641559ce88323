package import PagedCache

extension PrefixCache {
  /// The longest beginning of a sequence that is known, its last token aside: that one is always computed, since its logits
  /// choose the next.
  package func match(_ tokens: [Int], in namespace: PrefixNamespace) -> PrefixMatch {
    tree.match(tokens.dropLast(), in: namespace)
  }

  /// Gives a sequence the pages that match its beginning.
  ///
  /// - Parameter sequence: one without pages, for the same tokens as the match.
  /// - Returns: the tokens that need not be computed, and a page to copy, if one matches in part and there is room for
  ///   it. Until the copy is made, its path has to stay locked, and is then to be given to `unlock`.
  package mutating func adopt(
    _ match: PrefixMatch, by sequence: inout SequencePages
  ) -> (tokenCount: Int, copy: PageCopy?, held: PrefixPath?) {
    precondition(sequence.table.pages.isEmpty, "a sequence that has pages already")
    let room = availableCount - match.evictableCount - (match.partial?.evictableCount ?? 0)
    let held = match.partial.flatMap { room > 0 ? tree.hold($0) : nil }
    sequence.path = tree.advance(nil, to: match, priority: sequence.priority)
    sequence.sharedCount = match.pages.count
    sequence.table.pages = match.pages
    for page in match.pages { pool.retain(page) }
    let known = match.pages.count * pool.pageSize
    guard let held, let partial = match.partial else { return (known, nil, nil) }
    guard makeRoom(1) else {
      tree.unlock(held)
      return (known, nil, nil)
    }
    pool.retain(partial.page)
    sequence.table.pages.append(partial.page)
    guard case .copy(let copy) = pool.prepareWrite(to: known + partial.tokenCount, in: &sequence.table) else {
      return (known, nil, held)
    }
    return (known + partial.tokenCount, copy, held)
  }

  /// Gives a sequence that has only whole pages, all in the tree, those that match further.
  ///
  /// - Returns: the tokens that need not be computed besides.
  package mutating func adoptMore(_ tokens: [Int], by sequence: inout SequencePages) -> Int {
    let start = sequence.table.capacity
    guard sequence.sharedCount == sequence.table.pages.count, tokens.count - 1 - start >= pool.pageSize else {
      return 0
    }
    let match = tree.match(tokens[start..<tokens.count - 1], in: sequence.namespace, below: sequence.path)
    guard !match.pages.isEmpty else { return 0 }
    sequence.path = tree.advance(sequence.path, to: match, priority: sequence.priority)
    sequence.table.pages += match.pages
    sequence.sharedCount += match.pages.count
    for page in match.pages { pool.retain(page) }
    return match.pages.count * pool.pageSize
  }

  /// Gives a sequence room for so many tokens; false, and nothing changed, when pages run out.
  package mutating func grow(_ sequence: inout SequencePages, toHold tokens: Int) -> Bool {
    let missing = pool.pageCount(forTokens: tokens) - sequence.table.pages.count
    guard missing > 0 else { return true }
    guard let pages = allocate(missing) else { return false }
    sequence.table.pages += pages
    return true
  }

  /// Lets others use the whole pages of a sequence, so many of whose tokens are computed.
  ///
  /// Where the tree has pages for the same tokens, the sequence goes on with those, and its own become free.
  package mutating func publish(
    _ tokens: [Int], computed: Int, of sequence: inout SequencePages
  ) {
    let range = sequence.sharedCount..<max(computed / pool.pageSize, sequence.sharedCount)
    guard !range.isEmpty else { return }
    let result = tree.extend(
      sequence.path, in: sequence.namespace,
      with: tokens[range.lowerBound * pool.pageSize..<range.upperBound * pool.pageSize],
      sequence.table.pages[range], priority: sequence.priority)
    sequence.path = result.path
    sequence.sharedCount = range.upperBound
    for (index, page) in zip(range, result.known) {
      pool.retain(page)
      pool.release(sequence.table.pages[index])
      sequence.table.pages[index] = page
    }
    for index in range.dropFirst(result.known.count) { pool.retain(sequence.table.pages[index]) }
  }

  /// Takes a sequence's pages away; what the tree knows of them can be evicted from then on.
  package mutating func release(_ sequence: inout SequencePages) {
    for page in sequence.table.pages { pool.release(page) }
    if let path = sequence.path { tree.unlock(path) }
    sequence = SequencePages(pageSize: pool.pageSize, namespace: sequence.namespace, priority: sequence.priority)
  }

  /// Ends the protection of a page that has been copied.
  package mutating func unlock(_ held: PrefixPath) {
    tree.unlock(held)
  }
}
