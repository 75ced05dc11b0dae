package dev.persistence.resend;

/**
 * One line of a file.
 *
 * @param number its number, from 1
 * @param bytes its content, without the line's end
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the file to the request, and never compared
record Line(long number, byte[] bytes) {}
