package dev.persistence.schema;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** All record types of a service, in the order of declaration. */
public final class RecordTypes implements Iterable<RecordType> {

    private final List<RecordType> types;

    public RecordTypes(List<RecordType> types) {
        this.types = List.copyOf(types);
    }

    public int size() {
        return types.size();
    }

    public RecordType get(int ordinal) {
        return types.get(ordinal);
    }

    public Optional<RecordType> named(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    public List<String> names() {
        return types.stream().map(RecordType::name).toList();
    }

    @Override
    public Iterator<RecordType> iterator() {
        return types.iterator();
    }

    /** Columns of the widest type. */
    public int mostColumns() {
        return types.stream().mapToInt(type -> type.columns().size()).max().orElse(0);
    }
}
