package dev.persistence.mysql;

import java.util.Optional;

/** Where the database is and how to reach it. */
public record DatabaseSettings(
        String host,
        int port,
        String user,
        String password,
        String name,
        int poolSize,
        Optional<String> url,
        boolean migrate) {}
