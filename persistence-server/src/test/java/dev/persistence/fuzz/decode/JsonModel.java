package dev.persistence.fuzz.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 8259, said once more: strict and simple. It reads one text and keeps what the contract's rules ask about it. */
public final class JsonModel {

    private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*+");
    private static final Pattern STRING =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9A-Fa-f]{4})*+\"");
    private static final Pattern WORD = Pattern.compile("true|false|null");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        WORD
    }

    /**
     * A value.
     *
     * @param text a string's characters, a number or word as it stands there
     * @param names of an object's members, in their order; their values are the parts
     * @param parts the values of members, or the elements of an array
     * @param depth how deep arrays and objects stand within each other; 0 for any other value
     * @param loneSurrogate whether one half of a pair stands alone in one of its strings
     * @param beyondDouble whether a number in it is too large for a double
     * @param tokens all tokens of the document without white space between them, of which the value's are those from
     *     {@code from} to {@code to}
     */
    public record Value(
            Kind kind,
            String text,
            List<String> names,
            List<Value> parts,
            int depth,
            boolean loneSurrogate,
            boolean beyondDouble,
            StringBuilder tokens,
            int from,
            int to) {

        /** The value as it stands there, without the white space between its tokens. */
        String compact() {
            return tokens.substring(from, to);
        }
    }

    /** It is not JSON from here on. */
    public static final class NotJson extends Exception {
        private static final long serialVersionUID = 1;
        final int at;

        NotJson(int at) {
            super("at " + at, null, false, false);
            this.at = at;
        }
    }

    private final String text;
    private final StringBuilder tokens = new StringBuilder();
    private int at;

    public JsonModel(String text) {
        this.text = text;
        skip();
    }

    /** Whether nothing is left but white space. */
    public boolean atEnd() {
        return at == text.length();
    }

    /** The next value; stands behind it, and behind white space, afterwards. */
    public Value value() throws NotJson {
        char first = at < text.length() ? text.charAt(at) : ' ';
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't', 'f', 'n' -> scalar(Kind.WORD, WORD);
            default -> scalar(Kind.NUMBER, NumberModel.JSON_NUMBER);
        };
    }

    private Value object() throws NotJson {
        int from = tokens.length();
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        expect('{');
        for (boolean end = next('}'); !end; end = endOrComma('}')) {
            int start = at;
            Value name = string();
            if (name.loneSurrogate()) {
                throw new NotJson(start); // in a name, where nobody could say which field is at fault
            }
            expect(':');
            names.add(name.text());
            values.add(value());
        }
        return structure(Kind.OBJECT, names, values, from);
    }

    private Value array() throws NotJson {
        int from = tokens.length();
        List<Value> elements = new ArrayList<>();
        expect('[');
        for (boolean end = next(']'); !end; end = endOrComma(']')) {
            elements.add(value());
        }
        return structure(Kind.ARRAY, List.of(), elements, from);
    }

    private Value structure(Kind kind, List<String> names, List<Value> parts, int from) {
        int depth = 1 + parts.stream().mapToInt(Value::depth).max().orElse(0);
        boolean lone = parts.stream().anyMatch(Value::loneSurrogate);
        boolean beyond = parts.stream().anyMatch(Value::beyondDouble);
        return new Value(kind, "", names, parts, depth, lone, beyond, tokens, from, tokens.length());
    }

    /** Whether the end stands here; otherwise there must be a comma, behind which another part follows. */
    private boolean endOrComma(char end) throws NotJson {
        if (next(end)) {
            return true;
        }
        expect(',');
        return false;
    }

    /** Whether this stands here, in which case it is passed. */
    private boolean next(char expected) {
        if (at == text.length() || text.charAt(at) != expected) {
            return false;
        }
        tokens.append(expected);
        at++;
        skip();
        return true;
    }

    private void expect(char expected) throws NotJson {
        if (!next(expected)) {
            throw new NotJson(at);
        }
    }

    private Value string() throws NotJson {
        Value quoted = scalar(Kind.STRING, STRING);
        String inner = quoted.text().substring(1, quoted.text().length() - 1);
        StringBuilder characters = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            if (inner.charAt(i) != '\\') {
                characters.append(inner.charAt(i));
            } else if (inner.charAt(++i) == 'u') {
                characters.append((char) Integer.parseInt(inner.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                characters.append(ESCAPED.charAt(ESCAPES.indexOf(inner.charAt(i))));
            }
        }
        boolean lone = characters.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        return new Value(
                Kind.STRING,
                characters.toString(),
                List.of(),
                List.of(),
                0,
                lone,
                false,
                tokens,
                quoted.from(),
                quoted.to());
    }

    private Value scalar(Kind kind, Pattern form) throws NotJson {
        Matcher here = form.matcher(text).region(at, text.length());
        if (!here.lookingAt()) {
            throw new NotJson(at);
        }
        int from = tokens.length();
        tokens.append(here.group());
        at = here.end();
        skip();
        boolean beyond = kind == Kind.NUMBER && Double.isInfinite(Double.parseDouble(here.group()));
        return new Value(kind, here.group(), List.of(), List.of(), 0, false, beyond, tokens, from, tokens.length());
    }

    private void skip() {
        Matcher space = SPACE.matcher(text).region(at, text.length());
        at = space.lookingAt() ? space.end() : at;
    }
}
