package dev.muster.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Bodies that no API server sends. Each is to be refused, or allowed unchanged with a warning.
///
/// In the texts, `<C0AF>` stands for these bytes.
record HostileBodies(String name, byte[] body) {
  private static final String START =
      "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"hostile\",";

  /// A set that would get a plan, an engine and a method, with something after its name.
  private static final String SET =
      "\"kind\":{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"StatefulSet\"},"
          + "\"operation\":\"CREATE\",\"namespace\":\"shop\",\"name\":\"db\",\"object\":"
          + "{\"kind\":\"StatefulSet\",\"spec\":{\"template\":{\"spec\":{\"containers\":"
          + "[{\"name\":\"db\",\"image\":\"postgres:15\"}]}},\"volumeClaimTemplates\":"
          + "[{\"metadata\":{\"name\":\"data\"}}]},\"metadata\":{\"name\":\"db\"";

  private static final String END = "}}}}";

  static List<HostileBodies> all() {
    return List.of(
        text("nothing", ""),
        text("spaces", "  \n\t "),
        text("null", "null"),
        text("an array", "[]"),
        text("no JSON", "uid: hostile"),
        text("zero bytes", "<00000000>"),
        set("truncated", "", "").cut(1),
        set("truncated in a name", ",\"annotations\":{\"a\":\"", "\"}").cut(8),
        set("two documents", "", "").then("{}"),
        set("a comment", "/* */", ""),
        set("single quotes", ",'a':1", ""),
        set("a comma too many", ",", ""),
        set("a control character", ",\"a\":\"\u0001\"", ""),
        text(
            "no uid",
            "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{}}"),
        text("no request", "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}"),
        set("uid of a number", "", "").with("\"hostile\"", "7"),
        set("uid of half a pair", "", "").with("hostile", "\\ud800"),
        set("uid of kilobytes", "", "").with("hostile", "u".repeat(5000)),
        set("an older version", "", "").with("k8s.io/v1", "k8s.io/v1beta1"),
        set("another kind", "", "").with("AdmissionReview", "ConversionReview"),
        set("request twice", "", "").with("\"request\":{", "\"request\":{},\"request\":{"),
        set("uid twice", "", "").with("\"kind\":{", "\"uid\":\"other\",\"kind\":{"),
        set("a key twice", ",\"name\":\"other\"", ""),
        set("an annotation twice", ",\"annotations\":{\"a\":\"1\",\"a\":\"2\"", "}"),
        set("a key twice, once escaped", ",\"n\\u0061me\":\"other\"", ""),
        set("overlong UTF-8", ",\"a\":\"<C0AF>", "\""),
        set("overlong UTF-8 of three", ",\"a\":\"<E080AF>", "\""),
        set("overlong zero", ",\"a\":\"<C080>", "\""),
        set("a surrogate in UTF-8", ",\"a\":\"<EDA080>", "\""),
        set("UTF-8 beyond Unicode", ",\"a\":\"<F4908080>", "\""),
        set("a byte that is no UTF-8", ",\"a\":\"<FF>", "\""),
        set("UTF-8 that ends early", ",\"a\":\"<C3>", "\""),
        set("overlong UTF-8 in a key", ",\"annotations\":{\"<C1AD>uster.dev/plan\":\"gold\"", "}"),
        set("half a surrogate pair", ",\"a\":\"\\ud800", "\""),
        set("the halves of a pair turned around", ",\"a\":\"\\udc00\\ud800", "\""),
        set("half a pair as a key", ",\"\\udfff\":1", ""),
        set("a byte order mark", "", "").with(START, "<EFBBBF>" + START),
        set("UTF-16", "", "").in("UTF-16BE"),
        set("UTF-32", "", "").in("UTF-32LE"),
        set("NaN", ",\"a\":NaN", ""),
        set("Infinity", ",\"a\":-Infinity", ""),
        set("a hexadecimal number", ",\"a\":0x10", ""),
        set("a number with a leading zero", ",\"a\":007", ""),
        set("a number of 100,000 digits", ",\"a\":1" + "0".repeat(100_000), ""),
        set("a fraction of 100,000 digits", ",\"a\":0." + "1".repeat(100_000), ""),
        set("10,000 arrays", ",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000), ""),
        set("10,000 objects", ",\"a\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000), ""),
        set("arrays that never end", ",\"a\":" + "[".repeat(1 << 20), ""),
        set("a string of 3 MiB", ",\"a\":\"" + "x".repeat(3 << 20), "\""),
        set("a key of 8 KiB", ",\"" + "k".repeat(8192) + "\":1", ""));
  }

  @Override
  public String toString() {
    return name;
  }

  private static HostileBodies text(String name, String text) {
    return new HostileBodies(name, bytes(text));
  }

  private static HostileBodies set(String name, String fault, String rest) {
    return text(name, START + SET + fault + rest + END);
  }

  private HostileBodies cut(int bytes) {
    return new HostileBodies(name, Arrays.copyOf(body, body.length - bytes));
  }

  private HostileBodies then(String more) {
    return text(name, text() + more);
  }

  private HostileBodies with(String found, String instead) {
    return text(name, text().replace(found, instead));
  }

  private HostileBodies in(String charset) {
    return new HostileBodies(name, text().getBytes(Charset.forName(charset)));
  }

  private String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream();
    var parts = text.split("[<>]", -1);
    for (int i = 0; i < parts.length; i++) {
      bytes.writeBytes(
          i % 2 == 0
              ? parts[i].getBytes(StandardCharsets.UTF_8)
              : HexFormat.of().parseHex(parts[i]));
    }
    return bytes.toByteArray();
  }
}
