package dev.muster.policies;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.muster.policies.compiled.MusterPolicy;
import java.util.Map;
import java.util.function.Function;

/// A compiled policy: the slow part, done once. Instances share its code.
final class PolicyModule {
  private final WasmModule module;
  private final Function<Instance, Machine> code;
  private final Map<String, Integer> entrypoints;

  private PolicyModule(WasmModule module, Function<Instance, Machine> code) {
    this.module = module;
    this.code = code;
    this.entrypoints = new PolicyInstance(module, code).entrypoints();
  }

  /// Muster's own policy, compiled by the build.
  static PolicyModule builtIn() {
    return new PolicyModule(MusterPolicy.load(), MusterPolicy::create);
  }

  /// Throws [PolicyException] for bytes that are no policy, or one that wants builtins that a
  /// policy here cannot have.
  static PolicyModule compile(byte[] wasm) {
    try {
      WasmModule module = Parser.parse(wasm);
      return new PolicyModule(module, MachineFactoryCompiler.compile(module));
    } catch (ChicoryException e) {
      throw new PolicyException("not a policy that can run here: " + e.getMessage(), e);
    }
  }

  PolicyInstance instance() {
    return new PolicyInstance(module, code);
  }

  /// Entrypoints by name.
  Map<String, Integer> entrypoints() {
    return entrypoints;
  }
}
