package dev.persistence.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.security.Key;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;

/**
 * Certificates in PEM as a key store, because the driver takes what it trusts from a key store's file only, and every
 * MySQL has its authority in PEM. The driver reads the file for each connection, so that a new one needs no restart.
 */
public final class PemTrust extends KeyStoreSpi {

    /** The type of key store that the driver is told. */
    static final String TYPE = "PersistencePem";

    private List<Certificate> certificates = List.of();

    /** Makes the type known to this JVM. Doing it again changes nothing. */
    static void register() {
        Security.addProvider(new PemProvider());
    }

    private static final class PemProvider extends Provider {
        private static final long serialVersionUID = 1;

        PemProvider() {
            super(TYPE, "1", "certificates in PEM");
            put("KeyStore." + TYPE, PemTrust.class.getName());
        }
    }

    @Override
    public void engineLoad(InputStream stream, char[] password) throws IOException, CertificateException {
        certificates = stream == null
                ? List.of()
                : new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(stream));
    }

    @Override
    public Enumeration<String> engineAliases() {
        List<String> aliases = new ArrayList<>();
        for (int index = 0; index < certificates.size(); index++) {
            aliases.add(Integer.toString(index));
        }
        return Collections.enumeration(aliases);
    }

    @Override
    public Certificate engineGetCertificate(String alias) {
        return engineContainsAlias(alias) ? certificates.get(Integer.parseInt(alias)) : null;
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return Collections.list(engineAliases()).contains(alias);
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return engineContainsAlias(alias);
    }

    @Override
    public int engineSize() {
        return certificates.size();
    }

    @Override
    public String engineGetCertificateAlias(Certificate certificate) {
        int index = certificates.indexOf(certificate);
        return index < 0 ? null : Integer.toString(index);
    }

    @Override
    public Date engineGetCreationDate(String alias) {
        return null;
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return false;
    }

    @Override
    public Key engineGetKey(String alias, char[] password) {
        return null;
    }

    @Override
    public Certificate[] engineGetCertificateChain(String alias) {
        return null;
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain)
            throws KeyStoreException {
        throw readOnly();
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) throws KeyStoreException {
        throw readOnly();
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) throws KeyStoreException {
        throw readOnly();
    }

    @Override
    public void engineDeleteEntry(String alias) throws KeyStoreException {
        throw readOnly();
    }

    @Override
    public void engineStore(java.io.OutputStream stream, char[] password) throws IOException {
        throw new IOException("certificates are only read");
    }

    private static KeyStoreException readOnly() {
        return new KeyStoreException("certificates are only read");
    }
}
