package dev.persistence.fuzz.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The kinds of JSON there are: {@code y} must be read, {@code n} is no JSON, {@code i} is left to the parser by the
 * specification. Each is a value, and stands where a record's {@code data} stands. {@code <C3 28>} are raw bytes.
 */
final class JsonKinds {

    private static final String TABLE = """
            y array empty                    | []
            y array with space               | [ 1 , 2 ]
            y array with all spaces          | [<09 0A 0D 20>1]
            y array nested                   | [[[[]]]]
            y object empty                   | {}
            y object nested                  | {"a":{"b":{"c":[]}}}
            y object with empty name         | {"":0}
            y object with name twice         | {"a":1,"a":2}
            y object with escaped name       | {"\\u0061\\n":1}
            y object with NUL in name        | {"a\\u0000":1,"\\u0000a":2}
            y number 0                       | [0]
            y number -0                      | [-0]
            y number -0.0                    | [-0.0]
            y number with exponent           | [1e5,1E5,1e+5,1E-5,0e+1,0.0e-0]
            y number long                    | [123456789012345678901234567890.12345678901234567890]
            y string escapes                 | ["\\"\\\\\\/\\b\\f\\n\\r\\t"]
            y string unicode escape          | ["\\u00e9\\uABCD\\u0000"]
            y string pair                    | ["\\uD83D\\uDE00"]
            y string raw emoji               | ["😀"]
            y string DEL                     | ["<7F>"]
            y string noncharacter            | ["<EF BF BF>"]
            y string line separators         | ["<E2 80 A8 E2 80 A9>"]
            y string two bytes, three bytes  | ["é汉"]
            y words                          | [true,false,null]
            i number huge exponent           | [1e400]
            i number tiny exponent           | [1e-400]
            i number exponent beyond a long  | [1e99999999999999999999]
            i string lone high               | ["\\uD800"]
            i string lone low                | ["\\uDC00"]
            i string reversed pair           | ["\\uDE00\\uD83D"]
            i string high and letter         | ["\\uD800a"]
            i string high twice              | ["\\uD800\\uD800"]
            i name lone high                 | {"\\uD800":1}
            i string escaped BOM             | ["\\uFEFF"]
            i BOM within                     | [<EF BB BF>]
            n array unclosed                 | [1
            n array closed twice             | []]
            n array comma first              | [,1]
            n array comma last               | [1,]
            n array commas                   | [1,,2]
            n array without comma            | [1 2]
            n array with colon               | [1:2]
            n array closed by brace          | [1}
            n object unclosed                | {"a":1
            n object comma last              | {"a":1,}
            n object comma first             | {,"a":1}
            n object without colon           | {"a" 1}
            n object without value           | {"a":}
            n object with colons             | {"a"::1}
            n object with bare name          | {a:1}
            n object with number as name     | {1:1}
            n object with single quotes      | {'a':1}
            n object with semicolon          | {"a":1;"b":2}
            n number with plus               | [+1]
            n number with leading zero       | [01]
            n number with minus and zero     | [-01]
            n number minus alone             | [-]
            n number with two minuses        | [--1]
            n number point first             | [.5]
            n number point last              | [1.]
            n number point then exponent     | [1.e1]
            n number exponent empty          | [1e]
            n number exponent sign only      | [1e+]
            n number with two points         | [1.2.3]
            n number hexadecimal             | [0x1F]
            n number with underscore         | [1_000]
            n number with letter             | [1a]
            n number with suffix             | [1f]
            n number fullwidth               | [１]
            n number NaN                     | [NaN]
            n number Infinity                | [Infinity]
            n number -Infinity               | [-Infinity]
            n word True                      | [True]
            n word nul                       | [nul]
            n word nulls                     | [nulls]
            n word undefined                 | [undefined]
            n string unclosed                | ["a
            n string single quotes           | ['a']
            n string bad escape              | ["\\x"]
            n string escaped NUL byte        | ["\\<00>"]
            n string short unicode           | ["\\u12"]
            n string bad unicode             | ["\\u12G4"]
            n string escape at the end       | ["\\"]
            n string raw newline             | ["<0A>"]
            n string raw tab                 | ["<09>"]
            n string raw NUL                 | ["<00>"]
            n string raw US                  | ["<1F>"]
            n UTF-8 cut off                  | ["<E2 82>"]
            n UTF-8 bad continuation         | ["<C3 28>"]
            n UTF-8 stray continuation       | ["<80>"]
            n UTF-8 overlong slash           | ["<C0 AF>"]
            n UTF-8 overlong of three        | ["<E0 80 AF>"]
            n UTF-8 surrogate                | ["<ED A0 80>"]
            n UTF-8 surrogate pair           | ["<ED A0 BD ED B8 80>"]
            n UTF-8 beyond the last          | ["<F4 90 80 80>"]
            n UTF-8 five bytes               | ["<F8 88 80 80 80>"]
            n UTF-8 FF                       | ["<FF>"]
            n UTF-16                         | <FF FE>[<00>]<00>
            n comment                        | [1/*one*/]
            n comment to the end of line     | [1]//one
            n comment with hash              | [1]#one
            n nothing                        |\s
            n NUL                            | <00>
            n form feed as space             | [<0C>]
            n no-break space as space        | [<C2 A0>]
            n two values                     | [] []
            n brace alone                    | }
            """;

    private JsonKinds() {}

    /** Each kind by its title, as a record of {@code things} in both body formats. */
    static Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (String line : TABLE.lines().toList()) {
            int bar = line.indexOf('|');
            String title = line.substring(0, bar).strip();
            String value = line.substring(bar + 1).stripLeading();
            seeds.put(title, bytes("h{\"things\":[{\"id\":\"k\",\"data\":" + value + "}]}"));
            seeds.put(title + ", in a line", bytes("H{\"id\":\"k\",\"data\":" + value + "}\n{\"id\":\"l\"}"));
        }
        for (int depth : new int[] {99, 100, 101, 1000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            seeds.put("array " + depth + " deep", bytes("h{\"things\":[{\"id\":\"k\",\"data\":" + deep + "}]}"));
            String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            seeds.put("object " + depth + " deep", bytes("h{\"things\":[{\"id\":\"k\",\"data\":" + objects + "}]}"));
        }
        return seeds;
    }

    /** The text as UTF-8, and bytes where they are named. */
    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ) {
            int end = text.charAt(at) == '<' ? text.indexOf('>', at) : -1;
            if (end > at && text.substring(at + 1, end).matches("[0-9A-F]{2}( [0-9A-F]{2})*")) {
                bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(text.substring(at + 1, end)));
                at = end + 1;
            } else {
                int point = text.codePointAt(at);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            }
        }
        return bytes.toByteArray();
    }
}
