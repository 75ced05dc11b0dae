package dev.persistence.settings;

/** The text of a value and where it was given. */
record Given(String text, String source) {}
