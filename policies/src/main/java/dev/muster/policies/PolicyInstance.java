package dev.muster.policies;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// One memory of a policy, by OPA's wasm ABI 1.2. For one thread at a time; not to be used again
/// after an exception.
final class PolicyInstance {
  private static final int FIRST_PAGES = 5;
  private static final int MOST_PAGES = 256;
  private static final int JSON_FORMAT = 0;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Memory memory = new ByteArrayMemory(new MemoryLimits(FIRST_PAGES, MOST_PAGES));
  private final Instance instance;
  private final ExportFunction eval;
  private final int data;
  private final int heap;

  PolicyInstance(WasmModule module, Function<Instance, Machine> code, byte[] json) {
    instance =
        Instance.builder(module).withImportValues(imports()).withMachineFactory(code).build();
    refuseForeignBuiltins();
    eval = instance.export("opa_eval");
    data = parse(json);
    heap = call("opa_heap_ptr_get");
  }

  /// The answer as JSON: a list of results, empty if the entrypoint is undefined.
  byte[] evaluate(int entrypoint, byte[] input) {
    int end = heap + input.length;
    int missing = end - Memory.bytes(memory.pages());
    if (missing > 0 && memory.grow(missing / Memory.PAGE_SIZE + 1) < 0) {
      throw new PolicyException("the input does not fit into the policy's memory");
    }
    memory.write(heap, input, 0, input.length);
    long[] answer = eval.apply(0, entrypoint, data, heap, input.length, end, JSON_FORMAT);
    return text((int) answer[0]);
  }

  Map<String, Integer> entrypoints() {
    return names("entrypoints");
  }

  private void refuseForeignBuiltins() {
    Map<String, Integer> wanted = names("builtins");
    if (!wanted.isEmpty()) {
      throw new PolicyException(
          "the policy uses builtins that do not exist here: " + String.join(", ", wanted.keySet()));
    }
  }

  private Map<String, Integer> names(String export) {
    byte[] json = text(call("opa_json_dump", call(export)));
    try {
      return MAPPER.readValue(
          new String(json, UTF_8), new TypeReference<Map<String, Integer>>() {});
    } catch (JsonProcessingException e) {
      throw new PolicyException("not OPA's wasm: its " + export + " are no JSON", e);
    }
  }

  private int parse(byte[] json) {
    int place = call("opa_malloc", json.length);
    memory.write(place, json, 0, json.length);
    int parsed = call("opa_json_parse", place, json.length);
    if (parsed == 0) {
      throw new PolicyException("the policy's data is no JSON");
    }
    return parsed;
  }

  private int call(String export, long... arguments) {
    return (int) instance.export(export).apply(arguments)[0];
  }

  private byte[] text(int place) {
    int end = place;
    while (memory.read(end) != 0) {
      end++;
    }
    return memory.readBytes(place, end - place);
  }

  private ImportValues imports() {
    ImportValues.Builder values = ImportValues.builder();
    values.addMemory(new ImportMemory("env", "memory", memory));
    values.addFunction(function("opa_abort", 1, List.of(), "the policy aborted: "));
    values.addFunction(function("opa_println", 1, List.of(), "the policy prints: "));
    for (int arity = 0; arity <= 4; arity++) {
      values.addFunction(
          function(
              "opa_builtin" + arity, arity + 2, List.of(ValType.I32), "a builtin was called: "));
    }
    return values.build();
  }

  /// Every import is a way out of the policy that must not be taken.
  private HostFunction function(String name, int arity, List<ValType> returns, String said) {
    return new HostFunction(
        "env",
        name,
        FunctionType.of(Collections.nCopies(arity, ValType.I32), returns),
        (caller, arguments) -> {
          String detail = arity == 1 ? new String(text((int) arguments[0]), UTF_8) : name;
          throw new PolicyException(said + detail);
        });
  }
}
