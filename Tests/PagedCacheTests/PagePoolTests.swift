import PagedCache
import Testing

@Suite struct PagePoolTests {
  private func ids(_ numbers: Int...) -> [PageID] { numbers.map(PageID.init) }

  @Test func pagesAreTakenInOrderAndTheLastFreedFirst() throws {
    var pool = try PagePool(pageSize: 16, pageCount: 4)
    #expect(pool.allocate(0) == [])
    #expect(pool.allocate(3) == ids(0, 1, 2))
    #expect(pool.freeCount == 1)
    pool.release(PageID(1))
    pool.release(PageID(0))
    #expect(pool.allocate(2) == ids(0, 1))
    #expect(pool.allocate(2) == nil)
    #expect(pool.freeCount == 1)
    #expect(pool.allocate(1) == ids(3))
    #expect(pool.allocate(1) == nil)
    #expect(pool.allocate(-1) == nil)
  }

  @Test func aPageIsFreeWhenItsLastHolderLeaves() throws {
    var pool = try PagePool(pageSize: 1, pageCount: 1)
    let allocated = pool.allocate(1)
    let page = try #require(allocated?.first)
    pool.retain(page)
    #expect(pool.referenceCount(of: page) == 2)
    pool.release(page)
    #expect(pool.freeCount == 0)
    pool.release(page)
    #expect(pool.freeCount == 1)
    #expect(pool.referenceCount(of: page) == 0)
  }

  @Test func tokensAreRoundedUpToPages() throws {
    let pool = try PagePool(pageSize: 16, pageCount: 4)
    #expect([0, 1, 15, 16, 17, 32].map(pool.pageCount(forTokens:)) == [0, 1, 1, 1, 2, 2])
    #expect(pool.pageCount(forTokens: .max) == Int.max / 16 + 1)
    #expect(pool.tokenCapacity == 64)
  }

  @Test func aPoolIsAsLargeAsItsMemory() throws {
    #expect(try PagePool(pageSize: 16, bytes: 1000, bytesPerPage: 300).pageCount == 3)
    #expect(try PagePool(pageSize: 16, bytes: 300, bytesPerPage: 300).pageCount == 1)
  }

  @Test func sizesThatHoldNothingAreRefused() {
    func kind(_ body: () throws(PagedCacheError) -> PagePool) -> PagedCacheError.Kind? {
      do {
        _ = try body()
        return nil
      } catch {
        return error.kind
      }
    }
    #expect(kind { () throws(PagedCacheError) in try PagePool(pageSize: 0, pageCount: 1) } == .pageSize)
    #expect(kind { () throws(PagedCacheError) in try PagePool(pageSize: 65_537, pageCount: 1) } == .pageSize)
    #expect(kind { () throws(PagedCacheError) in try PagePool(pageSize: -1, pageCount: 1) } == .pageSize)
    #expect(kind { () throws(PagedCacheError) in try PagePool(pageSize: 1, pageCount: 0) } == .poolSize)
    #expect(kind { () throws(PagedCacheError) in try PagePool(pageSize: 1, pageCount: .min) } == .poolSize)
    #expect(
      kind { () throws(PagedCacheError) in try PagePool(pageSize: 16, bytes: 1 << 46, bytesPerPage: 300) } == .poolSize)
    #expect(
      kind { () throws(PagedCacheError) in try PagePool(pageSize: 1, bytes: 299, bytesPerPage: 300) } == .poolSize)
    #expect(kind { () throws(PagedCacheError) in try PagePool(pageSize: 1, bytes: 9, bytesPerPage: 0) } == .poolSize)
  }
}

@Suite struct PageTableTests {
  @Test func everyPositionHasAPlace() {
    let table = PageTable(pageSize: 3, pages: [PageID(5), PageID(2)])
    let places = (0..<6).compactMap { table.place(of: $0) }
    #expect(places.map(\.page.number) == [5, 5, 5, 2, 2, 2])
    #expect(places.map(\.slot) == [0, 1, 2, 0, 1, 2])
    #expect(table.place(of: 6) == nil)
    #expect(table.place(of: -1) == nil)
    #expect(PageTable(pageSize: 3).place(of: 0) == nil)
  }

  @Test func aSharedPageIsCopiedBeforeItIsWritten() throws {
    var pool = try PagePool(pageSize: 4, pageCount: 3)
    let allocated = pool.allocate(2)
    let pages = try #require(allocated)
    var one = PageTable(pageSize: 4, pages: pages)
    var other = one
    for page in pages { pool.retain(page) }

    #expect(
      pool.prepareWrite(to: 6, in: &one) == .copy(PageCopy(from: pages[1], to: PageID(2), tokenCount: 2)))
    #expect(one.pages == [pages[0], PageID(2)])
    #expect(pool.prepareWrite(to: 6, in: &one) == .inPlace)
    #expect(pool.prepareWrite(to: 7, in: &other) == .inPlace, "nobody else has it any more")
    #expect(other.pages == pages)
    #expect(pool.prepareWrite(to: 0, in: &one) == .outOfPages)
    #expect(one.pages == [pages[0], PageID(2)])
    #expect([0, 1, 2].map { pool.referenceCount(of: PageID($0)) } == [2, 1, 1])
  }
}
