package dev.persistence.decode;

/** A small record type of the tests. */
public final class Things {

    /** Its declaration: a column of each kind, and both row times. */
    public static final String DECLARATION = """
            {
              name = things, table = t, key = id, change-time = changed, creation-time = created
              columns = [
                { name = id, type = string, length = 8, required = true, not-empty = true }
                { name = word, type = string, length = 5 }
                { name = note, type = text, bytes = 6 }
                { name = tries, type = integer, default = 3 }
                { name = count, type = integer, min = 0 }
                { name = big, type = long }
                { name = ratio, type = decimal, precision = 5, scale = 4, min = 0, max = 1 }
                { name = amount, type = decimal, precision = 6, scale = 2 }
                { name = active, type = boolean }
                { name = at, type = timestamp }
                { name = data, type = json }
                { name = label, type = string, length = 10, default = "none" }
                { name = created, type = timestamp }
                { name = changed, type = timestamp }
              ]
            }
            """;

    private Things() {}
}
