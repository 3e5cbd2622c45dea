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
  private final byte[] data;
  private final Map<String, Integer> entrypoints;

  private PolicyModule(WasmModule module, Function<Instance, Machine> code, byte[] data) {
    this.module = module;
    this.code = code;
    this.data = data;
    this.entrypoints = instance().entrypoints();
  }

  /// Muster's own policy, compiled by the build.
  static PolicyModule builtIn(byte[] data) {
    return new PolicyModule(MusterPolicy.load(), MusterPolicy::create, data);
  }

  /// Throws [PolicyException] for bytes that are no policy, or one that wants builtins that a
  /// policy here cannot have.
  static PolicyModule compile(PolicyBundle bundle) {
    try {
      WasmModule module = Parser.parse(bundle.wasm());
      return new PolicyModule(module, MachineFactoryCompiler.compile(module), bundle.data());
    } catch (ChicoryException e) {
      throw new PolicyException("not a policy that can run here: " + e.getMessage(), e);
    }
  }

  PolicyInstance instance() {
    return new PolicyInstance(module, code, data);
  }

  /// Entrypoints by name.
  Map<String, Integer> entrypoints() {
    return entrypoints;
  }
}
