package dev.persistence.tracing;

import java.util.List;

/** The headers of a request, as far as they say which trace it belongs to. */
@FunctionalInterface
public interface RequestHeaders {

    /** All values of a header, in their order; names in any case. */
    List<String> all(String name);
}
