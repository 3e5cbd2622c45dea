package dev.muster.webhook.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testkit.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Covers("A5")
class PatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest(name = "RFC 6902 {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A.1 adding an object member | {"foo":"bar"} | [{"op":"add","path":"/baz","value":"qux"}] | {"baz":"qux","foo":"bar"}
          A.2 adding an array element | {"foo":["bar","baz"]} | [{"op":"add","path":"/foo/1","value":"qux"}] | {"foo":["bar","qux","baz"]}
          A.3 removing an object member | {"baz":"qux","foo":"bar"} | [{"op":"remove","path":"/baz"}] | {"foo":"bar"}
          A.4 removing an array element | {"foo":["bar","qux","baz"]} | [{"op":"remove","path":"/foo/1"}] | {"foo":["bar","baz"]}
          A.5 replacing a value | {"baz":"qux","foo":"bar"} | [{"op":"replace","path":"/baz","value":"boo"}] | {"baz":"boo","foo":"bar"}
          A.8 testing a value: success | {"baz":"qux","foo":["a",2,"c"]} | [{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}] | {"baz":"qux","foo":["a",2,"c"]}
          A.10 adding a nested member object | {"foo":"bar"} | [{"op":"add","path":"/child","value":{"grandchild":{}}}] | {"foo":"bar","child":{"grandchild":{}}}
          A.11 ignoring unrecognized elements | {"foo":"bar"} | [{"op":"add","path":"/baz","value":"qux","xyz":123}] | {"foo":"bar","baz":"qux"}
          A.14 escape ordering | {"/":9,"~1":10} | [{"op":"test","path":"/~01","value":10}] | {"/":9,"~1":10}
          A.16 adding an array value | {"foo":["bar"]} | [{"op":"add","path":"/foo/-","value":["abc","def"]}] | {"foo":["bar",["abc","def"]]}
          add replaces an existing member | {"foo":"bar"} | [{"op":"add","path":"/foo","value":1}] | {"foo":1}
          numbers are equal by value | {"n":10} | [{"op":"test","path":"/n","value":10.0}] | {"n":10}
          an empty key is a key | {"":1} | [{"op":"replace","path":"/","value":2}] | {"":2}
          a null member can be replaced | {"a":null} | [{"op":"replace","path":"/a","value":{}}] | {"a":{}}
          """)
  void applies(String name, String document, String patch, String expected) throws Exception {
    var applied = Patch.read(json(patch)).apply(json(document));

    assertThat(applied).isEqualTo(new Applied.To(json(expected)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A.9 testing a value: error | {"baz":"qux"} | [{"op":"test","path":"/baz","value":"bar"}]
          A.12 adding to a nonexistent target | {"foo":"bar"} | [{"op":"add","path":"/baz/bat","value":"qux"}]
          A.15 comparing strings and numbers | {"/":9,"~1":10} | [{"op":"test","path":"/~01","value":"10"}]
          adding below null | {"metadata":{"annotations":null}} | [{"op":"add","path":"/metadata/annotations/a","value":"b"}]
          adding below text | {"a":"b"} | [{"op":"add","path":"/a/b","value":"c"}]
          removing what is absent | {"a":1} | [{"op":"remove","path":"/b"}]
          replacing what is absent | {"a":1} | [{"op":"replace","path":"/b","value":1}]
          an index beyond the end | {"a":[1]} | [{"op":"add","path":"/a/2","value":1}]
          a leading zero | {"a":[1,2]} | [{"op":"replace","path":"/a/01","value":1}]
          a negative index | {"a":[1]} | [{"op":"add","path":"/a/-1","value":1}]
          removing the element after the last | {"a":[1]} | [{"op":"remove","path":"/a/-"}]
          """)
  void refuses(String name, String document, String patch) throws Exception {
    var applied = Patch.read(json(patch)).apply(json(document));

    assertThat(applied).isInstanceOf(Applied.Refused.class);
  }

  @Test
  void aPatchThatFailsHalfWayChangesNothing() throws Exception {
    var document = json("{\"a\":1}");

    var applied =
        Patch.read(
                json(
                    "[{\"op\":\"add\",\"path\":\"/b\",\"value\":2},{\"op\":\"remove\",\"path\":\"/c\"}]"))
            .apply(document);

    assertThat(applied).isEqualTo(new Applied.Refused("remove /c: there is no member c"));
    assertThat(document).isEqualTo(json("{\"a\":1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"add"}
          [{"op":"add","path":"/a"}]
          [{"op":"add","path":"a","value":1}]
          [{"op":"add","path":"/a~2","value":1}]
          [{"op":"add","path":"/a~","value":1}]
          [{"op":"frobnicate","path":"/a"}]
          [{"path":"/a"}]
          """)
  void whatIsNoPatchIsNotRead(String patch) {
    assertThatThrownBy(() -> Patch.read(json(patch))).isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }
}
