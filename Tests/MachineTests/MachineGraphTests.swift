import Graph
import InstructionSet
import Machine
import Testing

@Suite struct MachineGraphTests {
  @Test func theTwoVocabulariesHaveTheirSizes() throws {
    #expect(try MachineGraph.universal().graph.tokens.count == 915)
    let program = try Program(instructions: [.init(.halt)])
    #expect(try MachineGraph.specialized(to: program).graph.tokens.count == 881)
  }

  @Test func firstTokensEmbedNothing() throws {
    let machine = try MachineGraph.universal()
    let emptyTokens = machine.graph.tokens.filter(\.embedding.isEmpty).map(\.text)
    #expect(emptyTokens == ["{"])
  }

  @Test func charactersEmbedWhatTheirBytesDo() throws {
    let machine = try MachineGraph.universal()
    let embedding = Dictionary(uniqueKeysWithValues: machine.graph.tokens.map { ($0.text, $0.embedding) })
    #expect(embedding["a"] == embedding["61"])
    #expect(embedding["!"] == embedding["21"])
  }

  @Test func predictableTokensHaveNumbersOfTheirOwn() {
    let numbers = Vocabulary(.universal).tokens.compactMap(TokenNumber.number)
    #expect(Set(numbers).count == numbers.count)
    // 512 bytes, 256 outputs, 14 commits, branch_taken, call_commit, return_commit and halt.
    #expect(numbers.count == 512 + 256 + 14 + 4)
  }

  @Test func theGraphStaysSmall() throws {
    let graph = try MachineGraph.universal().graph
    #expect(graph.lookups.count <= 17)
    #expect(graph.operations.count <= 159)
  }

  @Test func buildingTwiceGivesTheSameGraph() throws {
    let (first, second) = (try MachineGraph.universal().graph, try MachineGraph.universal().graph)
    #expect(first.nodes == second.nodes)
    #expect(first.lookups == second.lookups)
    #expect(first.tokens == second.tokens)
  }
}
