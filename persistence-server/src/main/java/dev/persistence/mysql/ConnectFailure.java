package dev.persistence.mysql;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Turns what the driver says when it cannot connect into what a person can do about it. */
final class ConnectFailure {

    private ConnectFailure() {}

    static DatabaseException explain(DatabaseSettings settings, Exception failed) {
        Throwable cause = failed instanceof PoolInitializationException ? failed.getCause() : failed;
        return new DatabaseException(words(settings, cause), mayBeShown(settings, cause) ? cause : null);
    }

    /** The pool's own failures repeat the URL as it is. */
    private static boolean mayBeShown(DatabaseSettings settings, Throwable failed) {
        return settings.url().isEmpty() || failed instanceof SQLException;
    }

    private static String words(DatabaseSettings settings, Throwable failed) {
        String place = settings.place();
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.UnknownHostException) {
                return setting(settings, "database.host") + ": the host name of " + place + " is unknown";
            } else if (cause instanceof java.net.ConnectException) {
                return setting(settings, "database.host, database.port") + ": nothing answers at " + place
                        + " (connection refused); is the database running there?";
            } else if (cause instanceof java.net.SocketTimeoutException) {
                return setting(settings, "database.host, database.port") + ": no answer from " + place + " within "
                        + Borrowing.PATIENT.toSeconds() + " s";
            } else if (cause instanceof SSLException || cause instanceof CertificateException) {
                return setting(settings, "database.ssl-mode, database.ssl-ca") + ": no TLS connection with "
                        + place + " in the mode " + settings.tls().mode()
                        + ": its certificate does not come from a trusted authority, is not its host's, or the two"
                        + " have no version of TLS in common";
            } else if (cause instanceof SQLException sql && known(settings, sql) != null) {
                return known(settings, sql);
            }
        }
        if (!mayBeShown(settings, failed)) {
            return "database.url: cannot be used (expected jdbc:mysql://host:port/database?option=value)";
        }
        return failed instanceof SQLException sql
                ? "the database at " + place + " could not be opened (" + SqlFailure.codes(sql) + ")"
                : "the database at " + place + " could not be opened: " + failed.getMessage();
    }

    private static String known(DatabaseSettings settings, SQLException failed) {
        return switch (failed.getErrorCode()) {
            case 1049 ->
                setting(settings, "database.name = " + settings.name())
                        + ": the server has no such database; create it with CREATE DATABASE";
            case 1044 ->
                setting(settings, "database.name = " + settings.name() + ", database.user = " + settings.user())
                        + ": the user may not use this database";
            case 1045, 1698 ->
                setting(settings, "database.user = " + settings.user())
                        + ": the server refused this user or password (see database.password and"
                        + " database.password-file)";
            case 1040, 1203 -> "the database at " + settings.place() + " has no connection free";
            default -> tls(settings, failed);
        };
    }

    private static String tls(DatabaseSettings settings, SQLException failed) {
        return String.valueOf(failed.getMessage()).contains("SSL Connection required, but not provided by server")
                ? setting(settings, "database.ssl-mode") + ": the server at " + settings.place()
                        + " offers no TLS, and the mode is "
                        + settings.tls().mode()
                : publicKey(failed);
    }

    private static String publicKey(SQLException failed) {
        return String.valueOf(failed.getMessage()).contains("Public Key Retrieval")
                ? "database.url: the server wants its public key fetched, as it offers no TLS; switch TLS on, or"
                        + " allow it with allowPublicKeyRetrieval=true in database.url"
                : null;
    }

    private static String setting(DatabaseSettings settings, String otherwise) {
        return settings.url().isEmpty()
                ? otherwise
                : otherwise.startsWith("database.ssl") ? otherwise + ", database.url" : "database.url";
    }
}
