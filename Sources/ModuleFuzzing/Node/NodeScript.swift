/// What node is to do: for each line of its input, an array of modules with calls, a line with how they ended; before all, a line
/// that says that it listens.
enum NodeScript {
  static let text = #"""
    let instanceCount = 0;
    const view = new DataView(new ArrayBuffer(8));
    const fromBits = {
      i32: bits => Number(BigInt.asIntN(32, bits)),
      i64: bits => BigInt.asIntN(64, bits),
      f32: bits => (view.setUint32(0, Number(bits)), view.getFloat32(0)),
      f64: bits => (view.setBigUint64(0, bits), view.getFloat64(0)),
    };
    const toBits = {
      i32: value => BigInt.asUintN(32, BigInt(value)),
      i64: value => BigInt.asUintN(64, value),
      f32: value => (view.setFloat32(0, value), BigInt(view.getUint32(0))),
      f64: value => (view.setFloat64(0, value), view.getBigUint64(0)),
    };
    const outcome = (types, act) => {
      try {
        const result = act();
        const values = types.length === 0 ? [] : types.length === 1 ? [result] : [...result];
        return { values: values.map((value, index) => toBits[types[index]](value).toString()) };
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) return { trap: error.message };
        if (error instanceof RangeError) return { exhausted: true };
        return { failure: String(error) };
      }
    };
    const execute = ({ module, calls }) => {
      const bytes = Buffer.from(module, 'base64');
      if (!WebAssembly.validate(bytes)) return { isValid: false, outcomes: [] };
      let instance;
      const outcomes = [outcome([], () => {
        instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
      })];
      for (const { name, arguments: values, results } of instance ? calls : []) {
        const words = values.map(({ type, bits }) => fromBits[type](BigInt(bits)));
        outcomes.push(outcome(results, () => instance.exports[name](...words)));
        if (outcomes.at(-1).exhausted) break;
      }
      return { isValid: true, outcomes };
    };
    require('readline').createInterface({ input: process.stdin }).on('line', line => {
      const answers = JSON.parse(line).map(execute);
      process.stdout.write(JSON.stringify(answers) + '\n');
      // Memories are address space, of which there is less than V8 expects.
      if ((instanceCount += answers.length) >= 50) {
        gc();
        instanceCount = 0;
      }
    });
    process.stdout.write('ready\n');
    """#
}
