import InstructionSet
import Testing

@Suite struct OpcodeTests {
  private static let names = """
    halt return call br br_if drop select local.get local.set local.tee global.get global.set
    i32.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u i32.store i32.store8 i32.store16 i32.const
    i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u
    i32.add i32.sub output input_base
    """

  @Test func areTheBaseProfile() {
    let names = Self.names.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(Set(Opcode.allCases.map(\.rawValue)) == Set(names))
    #expect(Opcode.allCases.count == 36)
  }

  @Test func haveDistinctPoints() {
    let points = Opcode.allCases.map(\.description.pointIndex)
    #expect(Set(points).count == points.count)
    #expect(points.allSatisfy { (0..<64).contains($0) })
  }

  @Test func endWithCommitsOfTheVocabulary() {
    let vocabulary = Vocabulary(.universal)
    for opcode in Opcode.allCases {
      let description = opcode.description
      let endings: [Token] =
        switch description.ending {
        case .push: [.commit(description.stackEffect, stores: true, branch: false)]
        case .commit: [.commit(description.stackEffect, stores: false, branch: false)]
        case .branch(let token): [token]
        case .conditionalBranch(let token): [token, .commit(description.stackEffect, stores: false, branch: false)]
        case .output, .halt: []
        }
      for ending in endings { #expect(vocabulary.id(of: ending) != nil, "\(opcode.rawValue)") }
    }
  }

  @Test func pushWhatTheirStackEffectLeaves() {
    for opcode in Opcode.allCases {
      let description = opcode.description
      let pushesResult = description.ending == .push
      let keepsOperand = opcode == .localTee
      let pushed = pushesResult || keepsOperand ? 1 : 0
      #expect(description.stackEffect == pushed - description.operandCount, "\(opcode.rawValue)")
    }
  }

  @Test func commitFormsAreTheSevenDocumentedOnes() {
    let forms = Token.commitForms.map { Token.commit($0.stackEffect, stores: $0.stores, branch: false).text }
    let expected = [(+1, 1), (+0, 1), (-1, 1), (-2, 1), (+0, 0), (-1, 0), (-2, 0)]
    #expect(forms.sorted() == expected.map { "commit(\($0.0 < 0 ? "" : "+")\($0.0),sts=\($0.1),bt=0)" }.sorted())
  }

  @Test func immediatesAreWrittenLeastSignificantByteFirst() {
    let instruction = Instruction(.const, 0x1234_abcd)
    #expect(instruction.immediateBytes == [0xcd, 0xab, 0x34, 0x12])
    #expect(instruction.tokens.map(\.text) == ["i32.const", "cd", "ab", "34", "12"])
  }
}
