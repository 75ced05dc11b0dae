package dev.persistence.mysql.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.conf.HostInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://a,b:3307/x",
                "jdbc:mysql://[a,b:3307]/x",
                "jdbc:mysql://address=(host=a),address=(host=b)(port=3307)/x",
                "jdbc:mysql://(host=a),(host=b,port=3307)/x"
            })
    void severalHosts_areTriedAsWritten(String url) {
        assertTrue(url(url).namesSeveral());
        assertEquals(List.of("a:3306", "b:3307"), names(url(url)));
    }

    @Test
    void oneHost_isTheDriversAffair() {
        assertFalse(url("jdbc:mysql://a/x").namesSeveral());
    }

    @Test
    void dnsRecord_mayNameSeveral() {
        assertTrue(url("jdbc:mysql+srv://_mysql._tcp.example.org/x").namesSeveral());
    }

    @Test
    void replicas_areNeverTried() {
        assertEquals(List.of("a:3306"), names(url("jdbc:mysql:replication://a,b,c/x")));
        assertEquals(
                List.of("a:3306", "c:3306"),
                names(url(
                        "jdbc:mysql:replication://(host=a,type=source),(host=b,type=replica),(host=c,type=source)/x")));
    }

    @Test
    void loadBalance_beginsWithEachInTurn() {
        HostUrl url = url("jdbc:mysql:loadbalance://a,b,c/x");
        Set<String> first = new HashSet<>();
        for (int time = 0; time < 1000 && first.size() < 3; time++) {
            assertEquals(3, Set.copyOf(names(url)).size());
            first.add(names(url).get(0));
        }
        assertEquals(Set.of("a:3306", "b:3306", "c:3306"), first);
    }

    @Test
    void users_mayDifferFromHostToHost() {
        List<HostInfo> hosts = url("jdbc:mysql://u:p@a,(host=b,user=v,password=q)/x?user=all&password=one")
                .inOrder();

        assertEquals(
                List.of("u/p", "v/q"),
                hosts.stream()
                        .map(host -> host.getUser() + "/" + host.getPassword())
                        .toList());
    }

    private static HostUrl url(String url) {
        return new HostUrl(url, new Properties());
    }

    private static List<String> names(HostUrl url) {
        return url.inOrder().stream()
                .map(host -> host.getHost() + ":" + host.getPort())
                .toList();
    }
}
