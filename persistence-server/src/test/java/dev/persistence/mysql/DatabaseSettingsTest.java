package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {

    @Test
    void hostPortAndName_makeTheUrl() {
        assertEquals(
                "jdbc:mysql://db:3306/a%20b",
                new DatabaseSettings("db", 3306, "u", "", "a b", 1, Optional.empty(), true).jdbcUrl());
        assertEquals(
                "jdbc:mysql://[::1]:3306/x",
                new DatabaseSettings("::1", 3306, "u", "", "x", 1, Optional.empty(), true).jdbcUrl());
    }

    @Test
    void propertiesThatTheServiceSets_areTakenOutOfTheUrl() {
        assertEquals(
                "jdbc:mysql://db/x?user=u&useSSL=false",
                url("jdbc:mysql://db/x?characterEncoding=gbk&autoReconnect=true&user=u&sessionVariables=sql_mode=''&useSSL=false&ALLOWMULTIQUERIES=true")
                        .jdbcUrl());
    }

    @Test
    void fixedPropertyWithinTheHost_isRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> url("jdbc:mysql://address=(host=db)(characterEncoding=gbk)/x"))
                .getMessage();
        assertTrue(message.startsWith("database.url: \"characterEncoding\""), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://u:s3cret@db/x",
                "jdbc:mysql://db/x?user=u&password=s3cret&useSSL=false",
                "jdbc:mysql://address=(host=db)(password=s3cret)/x",
                "jdbc:mysql://(host=db,password=s3cret)/x",
                "jdbc:mysql://a:3306,u:s3cret@db:3306/x",
                "jdbc:mysql://u:s3cret@a,v:s3cret@[db]:3306/x",
                "jdbc:mysql://u:s3cret@[a,db]/x",
                "jdbc:mysql://u:,s3cret@db/x",
                "jdbc:mysql://u:@s3cret@db/x",
                "jdbc:mysql://u:s3cret/@db/x",
                "jdbc:mysql://db/x?password=a,s3cret)s3cret&user=u",
                "jdbc:mysql:replication://u:s3cret@a,u:s3cret@db/x",
                "jdbc:mysql+srv://u:s3cret@db/x",
                "jdbc:mysql:loadbalance://a,address=(host=db)(user=u)(password=s3cret)/x?password1=s3cret"
            })
    void secretsInTheUrl_areMasked(String url) {
        assertFalse(url(url).toString().contains("s3cret"), url(url).toString());
    }

    @Test
    void everythingElseInTheUrl_isShown() {
        assertEquals(
                "jdbc:mysql://a:3306,u:***@b:3307,(host=c,password=***,user=v)/x?useSSL=false&password=***&user=u",
                UrlMask.masked(
                        "jdbc:mysql://a:3306,u:p@b:3307,(host=c,password=q,user=v)/x?useSSL=false&password=r&user=u"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://a,b/x", "jdbc:mysql:loadbalance://a,b/x", "jdbc:mysql+srv://a/x"})
    void severalHosts_areAllowed(String url) {
        assertEquals(url, url(url).jdbcUrl());
    }

    @Test
    void password_isMasked() {
        String text = new DatabaseSettings("db", 1, "u", "s3cret", "x", 1, Optional.empty(), true).toString();
        assertFalse(text.contains("s3cret"), text);
    }

    @Test
    void impossibleValues_areNamed() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new DatabaseSettings("db", 0, "u", "", "x", 1, Optional.empty(), true))
                .getMessage();
        assertEquals("database.port: \"0\" (expected 1 to 65535)", message);
        assertThrows(IllegalArgumentException.class, () -> url("jdbc:postgresql://db/x"));
    }

    private static DatabaseSettings url(String url) {
        return new DatabaseSettings("", 0, "u", "", "", 1, Optional.of(url), true);
    }
}
