package dev.persistence.settings;

/**
 * One row of the table of settings.
 *
 * @param name dotted path in the configuration file and on the command line
 * @param environment the variable that overrides the file
 * @param parser turns the text of a value into the value, or says what was expected
 * @param defaultValue the text that holds where no source gives one
 * @param secret whether the value is masked wherever it is shown
 * @param meaning one line for people
 */
public record Setting<T>(
        String name, String environment, SettingParser<T> parser, String defaultValue, boolean secret, String meaning) {

    /** The first part of the name: the station that it belongs to. */
    public String group() {
        return name.substring(0, name.indexOf('.'));
    }
}
