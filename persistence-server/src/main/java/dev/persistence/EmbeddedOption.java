package dev.persistence;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The wish to run on the embedded database.
 *
 * @param dataDir where its data is kept; without one, a temporary folder that goes with the service
 */
record EmbeddedOption(Optional<Path> dataDir) {}
