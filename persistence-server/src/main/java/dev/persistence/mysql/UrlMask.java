package dev.persistence.mysql;

import java.util.regex.Pattern;

/** A JDBC URL as it may be shown: each host's password, and those among the options, are stars. */
final class UrlMask {

    private static final String STARS = "***";

    private static final Pattern OPTION = Pattern.compile("(?i)(password[0-9]?\\s*=)[^&#]*");
    private static final Pattern OPTION_OF_HOST = Pattern.compile("(?i)(password[0-9]?\\s*=)[^),]*");
    private static final Pattern BEFORE_HOST = Pattern.compile("([/,\\[]\\s*[^/,?@:\\[]*:)[^@,]*@");

    /** What the driver cannot read as hosts, such as a password with a comma: rather too much is hidden. */
    private static final Pattern LEFT_OVER = Pattern.compile("(//[^@:]*:).*(?<!\\*\\*\\*)@");

    private UrlMask() {}

    static String masked(String url) {
        int query = url.indexOf('?');
        String hosts = query < 0 ? url : url.substring(0, query);
        String options = query < 0 ? "" : url.substring(query);
        String shown = OPTION_OF_HOST.matcher(hosts).replaceAll("$1" + STARS);
        shown = BEFORE_HOST.matcher(shown).replaceAll("$1" + STARS + "@");
        shown = LEFT_OVER.matcher(shown).replaceAll("$1" + STARS + "@");
        return shown + OPTION.matcher(options).replaceAll("$1" + STARS);
    }
}
